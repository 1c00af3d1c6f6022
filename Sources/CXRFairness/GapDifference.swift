// SPDX-License-Identifier: Apache-2.0

/// How much larger one model's gap is than another's, on the same resamples.
public struct GapDifference: Sendable {
  /// The metric.
  public let metric: GapMetric
  /// The label's name, for a metric of one label.
  public let label: String?
  /// The model whose gap is subtracted.
  public let first: String
  /// The model whose gap it is subtracted from.
  public let second: String
  /// The second model's gap minus the first model's.
  public let difference: Estimate
}
