// SPDX-License-Identifier: Apache-2.0

/// The difference between the best and the worst group, beside the difference expected by chance.
///
/// An interval of a gap alone cannot show "no gap": read it with ``chance``.
public struct Gap: Sendable {
  /// The metric.
  public let metric: GapMetric
  /// The label's name, for a metric of one label.
  public let label: String?
  /// The highest minus the lowest group.
  public let difference: Estimate
  /// The lowest group's value as a share of the highest group's.
  public let ratio: Estimate
  /// The largest distance of a group from all images together.
  public let differenceToOverall: Estimate
  /// The smallest of the ratios between a group and all images together, the larger value below
  /// the line.
  public let ratioToOverall: Estimate
  /// The group that is best off (for equalized odds, of the rate with the larger gap).
  public let best: String?
  /// The group that is worst off.
  public let worst: String?
  /// The groups that were compared.
  public let groups: [String]
  /// The labels in the mean, for ``GapMetric/macroAUROC``.
  public let labels: [String]
  /// The gap expected by chance; `nil` when no permutations were asked for or none is defined.
  public let chance: ChanceGap?
}
