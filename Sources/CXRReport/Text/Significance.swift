// SPDX-License-Identifier: Apache-2.0

/// Stars beside a p-value; they never stand without an effect size and its interval.
enum Significance {
  /// What the stars mean, for the legend of a table.
  static let legend = "* p < 0.05, ** p < 0.01, *** p < 0.001"

  /// Returns the stars, or an empty text when the effect or its interval is undefined.
  ///
  /// - Parameters:
  ///   - p: The p-value, adjusted where there is more than one.
  ///   - effect: The effect size.
  ///   - lower: The lower end of its interval.
  ///   - upper: The upper end of its interval.
  /// - Returns: Up to three stars.
  static func stars(_ p: Double?, effect: Double?, lower: Double?, upper: Double?) -> String {
    guard let p, effect != nil, lower != nil, upper != nil else { return "" }
    return String(repeating: "*", count: [0.05, 0.01, 0.001].count { p < $0 })
  }
}
