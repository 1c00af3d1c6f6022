// SPDX-License-Identifier: Apache-2.0
internal import CXRStatistics

/// The groups and labels that a rule leaves, chosen on the whole sample.
struct CellSelection: Sendable {
  /// The rule.
  let rule: CellRule
  /// Positives by group and label, shape `[groups][labels]`.
  let positives: [[Int]]
  /// Negatives by group and label, shape `[groups][labels]`.
  let negatives: [[Int]]

  /// Whether a cell has positives and negatives enough.
  func isLargeEnough(_ group: Int, _ label: Int) -> Bool {
    positives[group][label] >= rule.positives && negatives[group][label] >= rule.negatives
  }

  /// The groups that enter a gap of macro means.
  var macroGroups: [Int] {
    guard case .minimum = rule else { return Array(positives.indices) }
    return positives.indices.filter { group in
      positives[group].indices.contains { isLargeEnough(group, $0) }
    }
  }

  /// The mean over the labels that enter, the same for every group.
  var macroMean: MacroMean {
    let labels = positives.first?.indices ?? 0..<0
    let groups = macroGroups
    guard rule != .definedLabels else {
      return MacroMean(.definedLabels, sample: [labels.map { _ in 0 }])
    }
    return MacroMean(
      labels: labels.filter { label in
        !groups.isEmpty && groups.allSatisfy { isLargeEnough($0, label) }
      })
  }

  /// The groups that enter the gap of a metric.
  func groups(for metric: GapMetric, noFinding: Int?) -> [Int] {
    let all = positives.indices
    switch metric {
    case .macroAUROC:
      return macroGroups
    case .auroc(let label), .equalizedOdds(let label):
      return all.filter { isLargeEnough($0, label) }
    case .underdiagnosisRate:
      guard let noFinding else { return [] }
      return groups(for: .falsePositiveRate(label: noFinding), noFinding: noFinding)
    case .overdiagnosisRate:
      guard let noFinding else { return [] }
      return groups(for: .truePositiveRate(label: noFinding), noFinding: noFinding)
    case .truePositiveRate(let label):
      return all.filter { positives[$0][label] >= rule.positives }
    case .falsePositiveRate(let label):
      return all.filter { negatives[$0][label] >= rule.negatives }
    case .selectionRate(let label):
      return all.filter {
        positives[$0][label] + negatives[$0][label] >= max(rule.positives, rule.negatives)
      }
    }
  }
}
