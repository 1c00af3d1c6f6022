// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// How numbers read in tables and figures: three decimals, a real minus sign, grouped thousands.
enum NumberText {
  /// A number with three decimals, such as `0.872`; one too small for them keeps two digits.
  static func decimal(_ value: Double) -> String {
    guard value != 0, abs(value) < 0.0005 else { return fixed(value) }
    return withMinusSign(String(format: "%.1e", value))
  }

  /// A difference, always signed unless it is zero to three decimals.
  static func difference(_ value: Double) -> String {
    let text = fixed(value)
    return value > 0 && text != "0.000" ? "+" + text : text
  }

  /// The two ends of an interval in brackets, such as `[0.861, 0.883]`.
  static func interval(_ lower: Double, _ upper: Double) -> String {
    "[\(fixed(lower)), \(fixed(upper))]"
  }

  /// The two ends of an interval of differences, signed like the difference itself.
  static func differenceInterval(_ lower: Double, _ upper: Double) -> String {
    "[\(difference(lower)), \(difference(upper))]"
  }

  /// A p-value, never printed as zero.
  static func probability(_ value: Double) -> String { value < 0.001 ? "<0.001" : fixed(value) }

  /// A count with grouped thousands, such as `112,120`.
  static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    let grouped = digits.enumerated().map { index, digit in
      index > 0 && (digits.count - index).isMultiple(of: 3) ? ",\(digit)" : "\(digit)"
    }
    return (value < 0 ? "\u{2212}" : "") + grouped.joined()
  }

  private static func fixed(_ value: Double) -> String {
    let text = String(format: "%.3f", value)
    return text == "-0.000" ? "0.000" : withMinusSign(text)
  }

  private static func withMinusSign(_ text: String) -> String {
    text.replacing("-", with: "\u{2212}")
  }
}
