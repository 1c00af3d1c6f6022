// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// How numbers read in sentences, tables and figures: three decimals, a real minus sign, grouped
/// thousands.
public enum NumberText {
  /// Writes a number with three decimals, such as `0.872`; one too small for them keeps two digits.
  ///
  /// - Parameter value: A number.
  /// - Returns: The text.
  public static func decimal(_ value: Double) -> String {
    guard value != 0, abs(value) < 0.0005 else { return fixed(value) }
    return withMinusSign(String(format: "%.1e", value))
  }

  /// Writes a difference, always signed unless it is zero to three decimals.
  ///
  /// - Parameter value: A difference.
  /// - Returns: The text.
  public static func difference(_ value: Double) -> String {
    let text = fixed(value)
    return value > 0 && text != "0.000" ? "+" + text : text
  }

  /// Writes the two ends of an interval in brackets, such as `[0.861, 0.883]`.
  ///
  /// - Parameters:
  ///   - lower: The lower end.
  ///   - upper: The upper end.
  /// - Returns: The text.
  public static func interval(_ lower: Double, _ upper: Double) -> String {
    "[\(fixed(lower)), \(fixed(upper))]"
  }

  /// Writes the two ends of an interval of differences, signed like the difference itself.
  ///
  /// - Parameters:
  ///   - lower: The lower end.
  ///   - upper: The upper end.
  /// - Returns: The text.
  public static func differenceInterval(_ lower: Double, _ upper: Double) -> String {
    "[\(difference(lower)), \(difference(upper))]"
  }

  /// Writes a p-value, never as zero.
  ///
  /// - Parameter value: A p-value.
  /// - Returns: The text.
  public static func probability(_ value: Double) -> String {
    value < 0.001 ? "<0.001" : fixed(value)
  }

  /// Writes a count with grouped thousands, such as `112,120`.
  ///
  /// - Parameter value: A count.
  /// - Returns: The text.
  public static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    let grouped = digits.enumerated().map { index, digit in
      index > 0 && (digits.count - index).isMultiple(of: 3) ? ",\(digit)" : "\(digit)"
    }
    return (value < 0 ? "\u{2212}" : "") + grouped.joined()
  }

  /// Writes a count with its noun, such as `1 label` and `8 labels`.
  ///
  /// - Parameters:
  ///   - value: A count.
  ///   - noun: A noun that forms its plural with an s.
  /// - Returns: The text.
  public static func count(_ value: Int, _ noun: String) -> String {
    "\(count(value)) \(noun)" + (value == 1 ? "" : "s")
  }

  /// Joins names as in a sentence.
  ///
  /// - Parameter names: The names.
  /// - Returns: The text; `none` without names.
  public static func list(_ names: [String]) -> String {
    guard names.count > 1, let last = names.last else { return names.first ?? "none" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  private static func fixed(_ value: Double) -> String {
    let text = String(format: "%.3f", value)
    return text == "-0.000" ? "0.000" : withMinusSign(text)
  }

  private static func withMinusSign(_ text: String) -> String {
    text.replacing("-", with: "\u{2212}")
  }
}
