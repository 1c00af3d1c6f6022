// SPDX-License-Identifier: Apache-2.0

/// A statistic of a ranking against binary labels.
public enum RankStatistic: String, CaseIterable, Codable, Sendable {
  /// The area under the ROC curve.
  case auroc
  /// The average precision, the step-wise area under the precision–recall curve.
  case averagePrecision
}
