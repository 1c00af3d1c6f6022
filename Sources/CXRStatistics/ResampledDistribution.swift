// SPDX-License-Identifier: Apache-2.0

/// A statistic on the sample and on every resample.
///
/// Distributions of the same plan are paired: subtract them to get the distribution of a
/// difference.
///
///     let difference = resampled.auroc[1] - resampled.auroc[0]
public struct ResampledDistribution: Sendable {
  /// The statistic on the sample, or `nil` when it is undefined there.
  public let estimate: Double?
  /// The statistic on each resample, shape `[resamples]`; NaN where it is undefined.
  public let values: [Double]

  /// The number of resamples on which the statistic is undefined.
  public var undefinedCount: Int { values.count { $0.isNaN } }

  /// The values on the resamples where the statistic is defined.
  public var definedValues: [Double] { values.filter { !$0.isNaN } }

  /// Creates a distribution.
  ///
  /// - Parameters:
  ///   - estimate: The statistic on the sample, or `nil` when it is undefined there.
  ///   - values: The statistic on each resample, NaN where it is undefined.
  public init(estimate: Double?, values: [Double]) {
    self.estimate = estimate.flatMap { $0.isNaN ? nil : $0 }
    self.values = values
  }

  /// Subtracts paired distributions, resample by resample.
  ///
  /// - Parameters:
  ///   - left: The distribution to subtract from.
  ///   - right: The distribution to subtract, from the same plan.
  /// - Returns: The distribution of the difference, undefined where either is.
  /// - Precondition: Both have the same number of resamples.
  public static func - (left: Self, right: Self) -> Self {
    precondition(left.values.count == right.values.count, "distributions of the same plan")
    return Self(
      estimate: left.estimate.flatMap { value in right.estimate.map { value - $0 } },
      values: zip(left.values, right.values).map { $0 - $1 })
  }

  /// Combines paired distributions, resample by resample.
  ///
  /// - Parameters:
  ///   - parts: Distributions of the same plan.
  ///   - transform: Maps the parts' values, NaN where undefined, to the combined value or NaN.
  /// - Returns: The distribution of the combination.
  /// - Precondition: All parts have the same number of resamples.
  public static func combining(
    _ parts: [Self], _ transform: ([Double]) -> Double
  ) -> Self {
    let count = parts.first?.values.count ?? 0
    precondition(parts.allSatisfy { $0.values.count == count }, "distributions of the same plan")
    let estimate = transform(parts.map { $0.estimate ?? .nan })
    // One buffer for all resamples: an array each would cost more than the arithmetic.
    var buffer = [Double](repeating: .nan, count: parts.count)
    let values = (0..<count).map { index in
      for part in parts.indices { buffer[part] = parts[part].values[index] }
      return transform(buffer)
    }
    return Self(estimate: estimate, values: values)
  }
}
