// SPDX-License-Identifier: Apache-2.0
public import CXRStatistics

/// How large a gap is when groups are shuffled among patients: the gap expected by chance.
public struct ChanceGap: Hashable, Sendable {
  /// The mean gap by chance.
  public let mean: Double
  /// The range of 95 % of the gaps by chance.
  public let range: Interval
  /// The share of shuffles whose gap is at least the observed one: (1 + *k*) / (1 + *m*).
  public let p: Double
  /// The number of shuffles on which the gap is defined, *m*.
  public let definedCount: Int
  /// The number of shuffles on which the gap is undefined.
  public let undefinedCount: Int

  /// Summarises shuffled gaps; `nil` when no shuffle has one.
  ///
  /// - Parameters:
  ///   - values: The gap of each shuffle, NaN where undefined.
  ///   - observed: The observed gap.
  init?(_ values: [Double], observed: Double) {
    let defined = values.filter { !$0.isNaN }
    guard !defined.isEmpty else { return nil }
    let ends = Quantile.linear(defined, at: [0.025, 0.975])
    mean = defined.reduce(0, +) / Double(defined.count)
    range = Interval(lower: ends[0], upper: ends[1])
    // Rounding must not turn a tie into a smaller gap.
    let exceedances = defined.count { $0 >= observed * (1 - 1e-12) }
    p = Double(1 + exceedances) / Double(1 + defined.count)
    definedCount = defined.count
    undefinedCount = values.count - defined.count
  }
}
