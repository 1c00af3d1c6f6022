// SPDX-License-Identifier: Apache-2.0

/// One model's statistics in one group, or in all images together.
public struct GroupMetrics: Sendable {
  /// The group's name, or `nil` for all images that are in some group.
  public let group: String?
  /// The number of radiographs.
  public let rowCount: Int
  /// The number of patients.
  public let patientCount: Int
  /// The statistics of each label, in reporting order.
  public let labels: [LabelMetrics]
  /// The mean AUROC over the labels of the analysis.
  public let macroAUROC: Estimate
  /// The mean average precision over the same labels.
  public let macroAveragePrecision: Estimate
  /// The false-positive rate of No Finding.
  public let underdiagnosisRate: Estimate
  /// The false-negative rate of No Finding.
  public let overdiagnosisRate: Estimate
}
