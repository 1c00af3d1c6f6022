// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRStatistics
import CXRTestSupport

/// A golden prediction table, sorted.
struct ResamplingFixture {
  let rowCount: Int
  let patients: [Int]
  let labels: [[Bool]]
  let a: [RankedScores]
  let b: [RankedScores]

  init(_ name: String) throws {
    let table = try Golden.table(name)
    rowCount = table.rowCount
    patients = try table.codes("patient_id")
    let labels = try Golden.labels.map { label in
      try table.labels("y_\(label)").map { $0 == true }
    }
    func ranked(_ model: String) throws -> [RankedScores] {
      try zip(Golden.labels, labels).map { label, labels in
        try RankedScores(scores: table.numbers("\(model)_\(label)"), labels: labels)
      }
    }
    self.labels = labels
    (a, b) = (try ranked("a"), try ranked("b"))
  }

  func plan(_ unit: ResamplingPlan.Unit, resamples: Int) -> ResamplingPlan {
    switch unit {
    case .image: ResamplingPlan(rowCount: rowCount, resamples: resamples, seed: Self.seed)
    case .patient: ResamplingPlan(patients: patients, resamples: resamples, seed: Self.seed)
    }
  }

  static let seed: UInt64 = 20_250_611

  /// Scores with many ties, from a seed.
  static func random(_ seed: UInt64, count: Int, levels: Int = 6) throws -> RankedScores {
    let stream = RandomStream(seed: seed, index: 0)
    return try RankedScores(
      scores: (0..<count).map { Double(stream.index(at: $0, below: levels)) },
      labels: (0..<count).map { stream.unit(at: count + $0) < 0.4 })
  }

  /// One of several models' scores of the same 60 rows with the same labels.
  static func shared(_ seed: Int, _ model: Int) throws -> RankedScores {
    let labels = RandomStream(seed: UInt64(seed), index: 0)
    let scores = RandomStream(seed: UInt64(seed), index: 1 + model)
    return try RankedScores(
      scores: (0..<60).map { scores.unit(at: $0) + (labels.coin(at: $0) ? 0.3 : 0) },
      labels: (0..<60).map { labels.coin(at: $0) })
  }
}

/// AUROC and average precision by their definitions, pair by pair and threshold by threshold.
enum BruteForce {
  static func auroc(_ rows: [(score: Double, isPositive: Bool)]) -> Double {
    let positives = rows.filter(\.isPositive)
    let negatives = rows.filter { !$0.isPositive }
    let wins = positives.reduce(0.0) { sum, positive in
      sum
        + negatives.reduce(0.0) {
          $0 + (positive.score > $1.score ? 1 : positive.score == $1.score ? 0.5 : 0)
        }
    }
    return wins / Double(positives.count * negatives.count)
  }

  static func averagePrecision(_ rows: [(score: Double, isPositive: Bool)]) -> Double {
    let positives = Double(rows.count { $0.isPositive })
    return Set(rows.map(\.score)).reduce(0.0) { sum, threshold in
      let selected = rows.filter { $0.score >= threshold }
      let tied = selected.count { $0.score == threshold && $0.isPositive }
      let precision = Double(selected.count { $0.isPositive }) / Double(selected.count)
      return sum + Double(tied) / positives * precision
    }
  }
}
