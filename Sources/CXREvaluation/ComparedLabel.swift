// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRStatistics

/// Two models on one label, on the radiographs that both score.
struct ComparedLabel: Sendable {
  /// The label's name.
  let name: String
  /// The rows used, ascending.
  let rows: [Int]
  /// Whether each used row is positive.
  let targets: [Bool]
  /// The first model's scores.
  let first: [Double]
  /// The second model's scores.
  let second: [Double]
  /// The first model's scores, sorted, with rows of the whole table.
  let firstRanked: RankedScores
  /// The second model's scores, sorted, with rows of the whole table.
  let secondRanked: RankedScores

  /// Selects the rows that both models score.
  init(
    label: Int, models: (Int, Int), in table: PredictionTable, policy: LabelPolicy
  ) throws {
    let a = try ScoredLabel(label: label, models: [models.0, models.1], in: table, policy: policy)
    let b = try ScoredLabel(label: label, models: [models.1, models.0], in: table, policy: policy)
    self.name = a.label
    self.rows = a.rows
    self.targets = a.targets
    self.first = a.scores
    self.second = b.scores
    self.firstRanked = try RankedScores(scores: a.scores, labels: a.targets, rows: a.rows)
    self.secondRanked = try RankedScores(scores: b.scores, labels: b.targets, rows: b.rows)
  }
}
