// SPDX-License-Identifier: Apache-2.0

/// The gaps between the groups of one attribute, for several models.
public struct GapReport: Sendable {
  /// What the groups are made from, such as `sex*age`.
  public let attribute: String
  /// Which cells were large enough to be compared.
  public let rule: CellRule
  /// The groups that enter macro means.
  public let groups: [String]
  /// The labels that enter macro means, the same for every group; under
  /// ``CellRule/definedLabels`` every label, of which each group uses those it has.
  public let labels: [String]
  /// The number of radiographs that are in no group.
  public let ungroupedCount: Int
  /// The models, in the order asked for.
  public let models: [ModelFairness]
  /// The differences of gaps between every two models.
  public let differences: [GapDifference]
}
