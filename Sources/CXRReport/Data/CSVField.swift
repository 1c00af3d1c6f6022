// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

/// How values become fields of a CSV file: numbers by their shortest exact decimals.
enum CSVField {
  /// A number; empty when it is undefined.
  static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  /// A count; empty when it is undefined or suppressed.
  static func count(_ value: Int?) -> String { value.map(String.init) ?? "" }

  /// A value and the ends of its interval: three fields.
  static func estimate(_ estimate: Estimate) -> [String] {
    [number(estimate.value), number(estimate.lower), number(estimate.upper)]
  }

  /// The names of the three fields of an estimate.
  static func estimateHeader(_ name: String) -> [String] {
    [name, "\(name) lower", "\(name) upper"]
  }

  /// The distinct reasons, in one field.
  static func reasons(_ reasons: String?...) -> String {
    reasons.compactMap(\.self).distinct.joined(separator: "; ")
  }
}
