// SPDX-License-Identifier: Apache-2.0

/// What a threshold decides, counted against the truth.
///
///     let matrix = try ConfusionMatrix(scores: scores, labels: labels, threshold: 0.5)
///     try matrix.sensitivity
///
/// A rate whose denominator is zero is undefined and throws; it is never reported as 0.
public struct ConfusionMatrix: Codable, Hashable, Sendable {
  /// The number of positive radiographs called positive.
  public let truePositives: Int
  /// The number of negative radiographs called positive.
  public let falsePositives: Int
  /// The number of negative radiographs called negative.
  public let trueNegatives: Int
  /// The number of positive radiographs called negative.
  public let falseNegatives: Int

  /// The number of radiographs.
  public var count: Int { positives + negatives }
  /// The number of positive radiographs.
  public var positives: Int { truePositives + falseNegatives }
  /// The number of negative radiographs.
  public var negatives: Int { trueNegatives + falsePositives }
  /// The number of radiographs called positive.
  public var predictedPositives: Int { truePositives + falsePositives }
  /// The number of radiographs called negative.
  public var predictedNegatives: Int { trueNegatives + falseNegatives }

  /// Creates a matrix from its counts.
  ///
  /// - Parameters:
  ///   - truePositives: The number of positive radiographs called positive.
  ///   - falsePositives: The number of negative radiographs called positive.
  ///   - trueNegatives: The number of negative radiographs called negative.
  ///   - falseNegatives: The number of positive radiographs called negative.
  /// - Precondition: No count is negative.
  public init(
    truePositives: Int, falsePositives: Int, trueNegatives: Int, falseNegatives: Int
  ) {
    precondition(
      min(truePositives, falsePositives, trueNegatives, falseNegatives) >= 0,
      "counts are not negative")
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.trueNegatives = trueNegatives
    self.falseNegatives = falseNegatives
  }

  /// Counts decisions; a radiograph is called positive when its score is at least the threshold.
  ///
  /// - Parameters:
  ///   - scores: One finite score per radiograph, shape `[n]`; higher means positive.
  ///   - labels: `true` for positive, shape `[n]`.
  ///   - threshold: The threshold, not NaN.
  /// - Throws: ``StatisticsError`` with code `.nonFinite`, naming the row, if a score is NaN or
  ///   infinite.
  /// - Precondition: The arrays have the same count.
  /// - Complexity: O(*n*).
  public init(scores: [Double], labels: [Bool], threshold: Double) throws(StatisticsError) {
    precondition(scores.count == labels.count, "one label per score")
    precondition(!threshold.isNaN, "a threshold is a number")
    var counts = (tp: 0, fp: 0, tn: 0, fn: 0)
    for (row, score) in scores.enumerated() {
      guard score.isFinite else { throw StatisticsError(nonFiniteScoreAtRow: row) }
      switch (labels[row], score >= threshold) {
      case (true, true): counts.tp += 1
      case (false, true): counts.fp += 1
      case (false, false): counts.tn += 1
      case (true, false): counts.fn += 1
      }
    }
    self.init(
      truePositives: counts.tp, falsePositives: counts.fp, trueNegatives: counts.tn,
      falseNegatives: counts.fn)
  }

  /// Counts decisions on sorted scores.
  ///
  /// - Parameters:
  ///   - ranked: The sorted scores.
  ///   - threshold: The threshold, not NaN; a score equal to it is called positive.
  /// - Complexity: O(*n*).
  public init(_ ranked: RankedScores, threshold: Double) {
    precondition(!threshold.isNaN, "a threshold is a number")
    let called = ranked.scores.firstIndex { $0 < threshold } ?? ranked.count
    let truePositives = ranked.isPositive[..<called].count { $0 }
    self.init(
      ranked, truePositives: truePositives, falsePositives: called - truePositives)
  }

  /// Completes what a threshold lets through with what it holds back.
  init(_ ranked: RankedScores, truePositives: Int, falsePositives: Int) {
    self.init(
      truePositives: truePositives, falsePositives: falsePositives,
      trueNegatives: ranked.negativeCount - falsePositives,
      falseNegatives: ranked.positiveCount - truePositives)
  }
}
