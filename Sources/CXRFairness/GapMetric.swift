// SPDX-License-Identifier: Apache-2.0

/// A statistic of a group whose spread between groups is a gap.
public enum GapMetric: Hashable, Sendable {
  /// The mean AUROC over labels.
  case macroAUROC
  /// The AUROC of a label, by the label's position.
  case auroc(label: Int)
  /// The false-positive rate of No Finding: the share of images with a finding called normal.
  case underdiagnosisRate
  /// The false-negative rate of No Finding: the share of normal images called abnormal.
  case overdiagnosisRate
  /// The true-positive rate of a label, by the label's position.
  case truePositiveRate(label: Int)
  /// The false-positive rate of a label, by the label's position.
  case falsePositiveRate(label: Int)
  /// The larger of a label's true-positive-rate and false-positive-rate gaps.
  case equalizedOdds(label: Int)
  /// The share of images called positive for a label: demographic parity.
  case selectionRate(label: Int)

  /// A stable word for documents, with the label's name for a metric of one label.
  ///
  /// - Parameter label: The label's name, or `nil` for a metric of no single label.
  /// - Returns: A word such as `underdiagnosisRate` or `tpr:Edema`.
  public func key(label: String?) -> String {
    switch self {
    case .macroAUROC: "auroc"
    case .underdiagnosisRate: "underdiagnosisRate"
    case .overdiagnosisRate: "overdiagnosisRate"
    case .auroc: "auroc:" + (label ?? "")
    case .truePositiveRate: "tpr:" + (label ?? "")
    case .falsePositiveRate: "fpr:" + (label ?? "")
    case .equalizedOdds: "equalizedOdds:" + (label ?? "")
    case .selectionRate: "demographicParity:" + (label ?? "")
    }
  }

  /// The position of the label, for a metric of one label.
  public var label: Int? {
    switch self {
    case .macroAUROC, .underdiagnosisRate, .overdiagnosisRate: nil
    case .auroc(let label), .truePositiveRate(let label), .falsePositiveRate(let label),
      .equalizedOdds(let label), .selectionRate(let label):
      label
    }
  }

  /// Whether the group with the highest value is the best off; for a selection rate and for
  /// equalized odds, the highest is named first without being better.
  public var isHigherBetter: Bool {
    switch self {
    case .underdiagnosisRate, .overdiagnosisRate, .falsePositiveRate: false
    case .macroAUROC, .auroc, .truePositiveRate, .equalizedOdds, .selectionRate: true
    }
  }
}
