// SPDX-License-Identifier: Apache-2.0
public import CXRCore
public import CXRStatistics

/// What a fairness analysis looks at: labels, several models' sorted scores, thresholds, patients.
public struct FairnessSample: Sendable {
  /// One model's scores and thresholds.
  public struct Model: Sendable {
    /// The model's name.
    public let name: String
    /// Sorted scores, one per label; their rows are those of the whole table.
    public let rankings: [RankedScores]
    /// The decision threshold of each label, if any; positive means score ≥ threshold.
    public let thresholds: [Double?]

    /// Creates a model.
    ///
    /// - Parameters:
    ///   - name: The model's name.
    ///   - rankings: Sorted scores, one per label.
    ///   - thresholds: Decision thresholds, one per label.
    public init(name: String, rankings: [RankedScores], thresholds: [Double?]) {
      precondition(rankings.count == thresholds.count, "a threshold or nil for every label")
      self.name = name
      self.rankings = rankings
      self.thresholds = thresholds
    }
  }

  /// The labels' names, in reporting order.
  public let labels: [String]
  /// The position of No Finding among the labels, if it is one of them.
  public let noFinding: Int?
  /// The models.
  public let models: [Model]
  /// The patient of each row, numbered from 0 by first appearance.
  public let patients: [Int]

  /// Creates a sample.
  ///
  /// - Parameters:
  ///   - labels: The labels' names, in reporting order.
  ///   - noFinding: The position of No Finding among the labels, if it is one of them.
  ///   - models: The models.
  ///   - patients: The patient of each row, numbered from 0 by first appearance.
  /// - Precondition: Every model has a ranking for every label.
  public init(labels: [String], noFinding: Int?, models: [Model], patients: [Int]) {
    precondition(
      models.allSatisfy { $0.rankings.count == labels.count }, "a ranking for every label")
    self.labels = labels
    self.noFinding = noFinding
    self.models = models
    self.patients = patients
  }

  /// Takes the labels that every model of a table scores.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - policy: How label states become positives and negatives.
  /// - Throws: `StatisticsError` with code `.nonFinite` if a score is NaN or infinite.
  public init(_ table: PredictionTable, policy: LabelPolicy) throws(StatisticsError) {
    let positions = table.labels.indices.filter { label in
      table.models.allSatisfy { $0.scores[table.labels[label].name] != nil }
    }
    let labels = positions.map { table.labels[$0] }
    let targets = positions.map { table.targets(ofLabel: $0, under: policy) }
    var models: [Model] = []
    for model in table.models {
      var rankings: [RankedScores] = []
      for (label, targets) in zip(labels, targets) {
        rankings.append(try Self.ranking(model.scores[label.name] ?? [], targets))
      }
      models.append(
        Model(
          name: model.name, rankings: rankings,
          thresholds: labels.map { model.thresholds[$0.name] }))
    }
    self.init(
      labels: labels.map(\.name),
      noFinding: labels.firstIndex { Finding(name: $0.name) == .noFinding },
      models: models, patients: table.patients)
  }

  /// Sorts the rows that have both a target and a score.
  private static func ranking(
    _ scores: [Double?], _ targets: [Bool?]
  ) throws(StatisticsError) -> RankedScores {
    var kept: (scores: [Double], labels: [Bool], rows: [Int]) = ([], [], [])
    for row in targets.indices {
      guard let score = scores[row], let target = targets[row] else { continue }
      kept.scores.append(score)
      kept.labels.append(target)
      kept.rows.append(row)
    }
    return try RankedScores(scores: kept.scores, labels: kept.labels, rows: kept.rows)
  }
}
