// SPDX-License-Identifier: Apache-2.0

/// An age as datasets write it: a number with an optional unit, such as `058Y`, `62.0` or `57`.
enum AgeText: Equatable {
  /// An age in years.
  case years(Double, hasUnit: Bool)
  /// Not an age.
  case unreadable

  init(_ text: String) {
    var digits = text[...]
    let unitsPerYear: Double? =
      switch digits.utf8.last {
      case UInt8(ascii: "Y"): 1
      case UInt8(ascii: "M"): 12
      case UInt8(ascii: "W"): 52
      case UInt8(ascii: "D"): 365
      default: nil
      }
    if unitsPerYear != nil { digits = digits.dropLast() }
    let isPlain = digits.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
    guard isPlain, (1...9).contains(digits.utf8.count), let number = Double(digits) else {
      self = .unreadable
      return
    }
    self = .years(number / (unitsPerYear ?? 1), hasUnit: unitsPerYear != nil)
  }
}
