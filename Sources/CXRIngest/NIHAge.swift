// SPDX-License-Identifier: Apache-2.0

/// An age as the NIH metadata writes it: digits with an optional unit, such as `058Y` or `57`.
enum NIHAge: Equatable {
  /// A plausible age in years.
  case years(Double, hasUnit: Bool)
  /// An age above 120 years.
  case implausible
  /// Not an age.
  case unreadable

  /// The oldest age that is believed, in years.
  static let limitYears = 120.0

  init(_ field: some Collection<UInt8>) {
    let digits = field.prefix { $0 >= 0x30 && $0 <= 0x39 }
    let unit = field.dropFirst(digits.count)
    guard (1...6).contains(digits.count), unit.count <= 1 else {
      self = .unreadable
      return
    }
    let number = Double(digits.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    let unitsPerYear: Double? =
      switch unit.first {
      case nil, UInt8(ascii: "Y"): 1
      case UInt8(ascii: "M"): 12
      case UInt8(ascii: "W"): 52
      case UInt8(ascii: "D"): 365
      default: nil
      }
    guard let unitsPerYear else {
      self = .unreadable
      return
    }
    let years = number / unitsPerYear
    self = years > Self.limitYears ? .implausible : .years(years, hasUnit: !unit.isEmpty)
  }
}
