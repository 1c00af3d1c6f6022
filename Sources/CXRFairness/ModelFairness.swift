// SPDX-License-Identifier: Apache-2.0

/// One model's part of a gap analysis.
public struct ModelFairness: Sendable {
  /// The model's name.
  public let model: String
  /// The statistics of all images that are in some group.
  public let overall: GroupMetrics
  /// The statistics of each group, in reporting order.
  public let groups: [GroupMetrics]
  /// The gaps: of means and of No Finding first, then those of each label.
  public let gaps: [Gap]
}
