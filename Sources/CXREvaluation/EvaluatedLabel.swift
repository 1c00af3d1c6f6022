// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRStatistics

/// One model on one label, sorted and ready for every statistic, or the reason why it is not.
struct EvaluatedLabel: Sendable {
  /// The label's name.
  let name: String
  /// The scores that can be judged, or why there are none.
  let scored: Result<ScoredLabel, EvaluationError>
  /// The same scores, sorted; empty when there are none.
  let ranked: RankedScores
  /// The model's decision threshold for the label.
  let threshold: Double?

  /// Selects and sorts the scores of one model for one label.
  ///
  /// - Throws: `StatisticsError` if a score is not finite.
  init(label: Int, model: Int, in table: PredictionTable, policy: LabelPolicy) throws {
    let scored = Result { () throws(EvaluationError) in
      try ScoredLabel(label: label, models: [model], in: table, policy: policy)
    }
    self.name = table.labels[label].name
    self.scored = scored
    switch scored {
    case .success(let column):
      self.ranked = try RankedScores(
        scores: column.scores, labels: column.targets, rows: column.rows)
    case .failure:
      self.ranked = try RankedScores(scores: [], labels: [])
    }
    self.threshold = table.models[model].thresholds[name]
  }

  /// Why the label as a whole cannot be evaluated, or `nil`.
  var reason: String? {
    switch scored {
    case .success: nil
    case .failure(let error): error.message
    }
  }
}
