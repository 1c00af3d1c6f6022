// SPDX-License-Identifier: Apache-2.0

/// One model's statistics for one label in one group.
public struct LabelMetrics: Sendable {
  /// The label's name.
  public let label: String
  /// The number of positive radiographs.
  public let positives: Int
  /// The number of negative radiographs.
  public let negatives: Int
  /// Whether the cell is large enough to enter macro means and gaps.
  public let isLargeEnough: Bool
  /// The AUROC.
  public let auroc: Estimate
  /// The average precision; it rises with prevalence, so groups may differ in it by right.
  public let averagePrecision: Estimate
  /// The share of positives called positive.
  public let truePositiveRate: Estimate
  /// The share of negatives called positive.
  public let falsePositiveRate: Estimate
  /// The share of all called positive.
  public let selectionRate: Estimate
}
