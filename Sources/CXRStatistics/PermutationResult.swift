// SPDX-License-Identifier: Apache-2.0

/// What a permutation test found.
public struct PermutationResult: Sendable {
  /// The observed difference, first minus second.
  public let difference: Double
  /// The two-sided p-value: (*k* + 1) / (*m* + 1), or *k* / *m* when every assignment was counted.
  public let p: Double
  /// How many permutations were at least as far from 0 as the observed difference.
  public let exceedanceCount: Int
  /// The number of permutations.
  public let permutationCount: Int
  /// Whether every assignment was enumerated.
  public let isExact: Bool
  /// The mean of the differences over the permutations; its expectation is 0.
  public let nullMean: Double
  /// The standard deviation of the differences over the permutations.
  public let nullStandardDeviation: Double
  /// Where the p-value of infinitely many permutations lies with 95 % confidence (Wilson); `nil`
  /// when the test is exact.
  public let monteCarloInterval: Interval?
  /// The differences of the permutations, in order.
  public let nullValues: [Double]

  /// Whether the models never differ: the p-value is then 1 by definition, not by evidence.
  public var isDegenerate: Bool { difference == 0 && nullStandardDeviation == 0 }
}
