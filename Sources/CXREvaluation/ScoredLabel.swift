// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// One model's scores for one label on the radiographs that have both a score and a target.
public struct ScoredLabel: Sendable {
  /// The label's name.
  public let label: String
  /// The rows of the prediction table that are used, ascending.
  public let rows: [Int]
  /// The score of each used row.
  public let scores: [Double]
  /// Whether each used row is positive.
  public let targets: [Bool]

  /// The number of positive rows.
  public var positiveCount: Int { targets.count { $0 } }

  /// Selects the rows of a label that every given model can be judged on.
  ///
  /// - Parameters:
  ///   - labelIndex: The label's position in the table.
  ///   - modelIndices: The models that must all have a score; the first one's scores are kept.
  ///   - table: The predictions.
  ///   - policy: How label states become targets.
  /// - Throws: ``EvaluationError`` with code `.unscored` when a model does not score the label,
  ///   `.unannotated` when no radiograph has a target.
  public init(
    label labelIndex: Int, models modelIndices: [Int], in table: PredictionTable,
    policy: LabelPolicy
  ) throws(EvaluationError) {
    let label = table.labels[labelIndex]
    var columns: [[Double?]] = []
    for index in modelIndices {
      let model = table.models[index]
      guard let scores = model.scores[label.name] else {
        throw EvaluationError(.unscored, "\(model.name) has no score for \(label.name)")
      }
      columns.append(scores)
    }
    let allTargets = table.targets(ofLabel: labelIndex, under: policy)
    var rows: [Int] = []
    var scores: [Double] = []
    var targets: [Bool] = []
    for row in 0..<table.rowCount {
      guard let target = allTargets[row], columns.allSatisfy({ $0[row] != nil }),
        let score = columns.first?[row]
      else { continue }
      rows.append(row)
      scores.append(score)
      targets.append(target)
    }
    guard !rows.isEmpty else {
      throw EvaluationError(
        .unannotated,
        label.states.allSatisfy { $0 == .unannotated }
          ? "the dataset does not annotate \(label.name)"
          : "no selected radiograph has both a target and a score for \(label.name)")
    }
    self.label = label.name
    self.rows = rows
    self.scores = scores
    self.targets = targets
  }
}
