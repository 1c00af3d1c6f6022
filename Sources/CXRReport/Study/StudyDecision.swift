// SPDX-License-Identifier: Apache-2.0
internal import CXREvaluation
internal import CXRStatistics

/// What an arm decides about one label on one test set, counted.
struct StudyDecision {
  /// The arm.
  let arm: StudyIndex.Arm
  /// The test set.
  let set: StudyResults.TestSet
  /// The label.
  let label: EvaluationDocument.Label
  /// The counts; `nil` without a threshold.
  let matrix: ConfusionMatrix?

  /// The share of radiographs that are called rightly.
  var accuracy: Double? {
    matrix.flatMap { matrix in
      matrix.count > 0
        ? Double(matrix.truePositives + matrix.trueNegatives) / Double(matrix.count) : nil
    }
  }

  /// Counts the decisions again from the rates; `nil` when the arm has no such label.
  init?(_ arm: StudyIndex.Arm, _ set: StudyResults.TestSet, label name: String) {
    guard let label = set.run(arm)?.labels.first(where: { $0.label == name }) else { return nil }
    self.arm = arm
    self.set = set
    self.label = label
    let negatives = label.n - label.positives
    guard label.threshold != nil,
      let hits = label.positives == 0
        ? 0 : label.sensitivity.value.map({ Double(label.positives) * $0 }),
      let clears = negatives == 0 ? 0 : label.specificity.value.map({ Double(negatives) * $0 })
    else {
      matrix = nil
      return
    }
    let (truePositives, trueNegatives) = (Int(hits.rounded()), Int(clears.rounded()))
    matrix = ConfusionMatrix(
      truePositives: truePositives, falsePositives: negatives - trueNegatives,
      trueNegatives: trueNegatives, falseNegatives: label.positives - truePositives)
  }
}

extension StudyResults {
  /// The decisions of the main arms about each label on each test set.
  var decisions: [StudyDecision] {
    testSets.flatMap { set in
      index.labels.flatMap { label in
        arms.compactMap { StudyDecision($0, set, label: label) }
      }
    }
  }
}
