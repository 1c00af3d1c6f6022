// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension NumberText {
  /// A number, or `n/a`.
  static func decimal(_ value: Double?) -> String { value.map { decimal($0) } ?? "n/a" }

  /// A value with its interval, such as `0.872 [0.861, 0.883]`.
  static func estimate(_ estimate: Estimate) -> String {
    guard let lower = estimate.lower, let upper = estimate.upper else {
      return decimal(estimate.value)
    }
    return "\(decimal(estimate.value)) \(interval(lower, upper))"
  }

  /// A p-value as it follows the letter in a sentence: `= 0.031`, `< 0.001`.
  static func equation(_ p: Double?) -> String {
    guard let p else { return "n/a" }
    return p < 0.001 ? "< 0.001" : "= " + probability(p)
  }
}
