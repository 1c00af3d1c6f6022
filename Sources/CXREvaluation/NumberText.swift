// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Numbers as sentences write them.
enum NumberText {
  /// Three decimals, or `n/a`.
  static func decimals(_ value: Double?, places: Int = 3) -> String {
    value.map { String(format: "%.\(places)f", $0) } ?? "n/a"
  }

  /// A value with its interval, such as `0.872 [0.861, 0.883]`.
  static func estimate(_ estimate: Estimate) -> String {
    guard let lower = estimate.lower, let upper = estimate.upper else {
      return decimals(estimate.value)
    }
    return "\(decimals(estimate.value)) [\(decimals(lower)), \(decimals(upper))]"
  }

  /// A p-value: three decimals, or `< 0.001`.
  static func pValue(_ p: Double?) -> String {
    guard let p else { return "n/a" }
    return p < 0.001 ? "< 0.001" : "= " + decimals(p)
  }

  /// Whole numbers with a thin grouping, such as `112,120`.
  static func count(_ count: Int) -> String {
    var digits = String(count)
    var position = digits.count - 3
    while position > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: position))
      position -= 3
    }
    return digits
  }

  /// Names joined as in a sentence.
  static func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "none" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }
}
