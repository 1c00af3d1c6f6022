// SPDX-License-Identifier: Apache-2.0

/// A metric's key in the documents, and the words for it.
struct MetricName: Hashable {
  /// The key, such as `underdiagnosisRate` or `tpr:Edema`.
  let key: String

  /// Whether the metric belongs to one label.
  var isPerLabel: Bool { key.contains(":") }

  /// The words, such as `Underdiagnosis rate` or `TPR, Edema`; an unknown key stays as it is.
  var title: String {
    let parts = key.split(separator: ":", maxSplits: 1).map(String.init)
    let metric = parts.first.map { Self.titles[$0] ?? $0 } ?? key
    return parts.count == 2 ? "\(metric), \(parts[1])" : metric
  }

  private static let titles = [
    "auroc": "AUROC", "auprc": "AUPRC", "underdiagnosisRate": "Underdiagnosis rate",
    "overdiagnosisRate": "Overdiagnosis rate", "equalizedOdds": "Equalized odds",
    "demographicParity": "Demographic parity", "tpr": "TPR", "fpr": "FPR",
  ]
}
