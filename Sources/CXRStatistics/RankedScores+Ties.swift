// SPDX-License-Identifier: Apache-2.0

extension RankedScores {
  /// The rows that share one score, and what a threshold at that score would let through.
  struct Tie {
    /// The shared score.
    let score: Double
    /// The positions of the rows; the positives come first.
    let positions: Range<Int>
    /// The number of positive rows that share the score.
    let positives: Int
    /// The number of positive rows with this score or a higher one.
    let truePositives: Int

    /// The number of negative rows that share the score.
    var negatives: Int { positions.count - positives }
    /// The number of rows with this score or a higher one.
    var predictedPositives: Int { positions.upperBound }
    /// The number of negative rows with this score or a higher one.
    var falsePositives: Int { predictedPositives - truePositives }
  }

  /// The ties by descending score; a score that occurs once is a tie of one row.
  struct Ties: Sequence, IteratorProtocol {
    fileprivate let ranked: RankedScores
    private var index = 0
    private var start = 0
    private var truePositives = 0

    fileprivate init(ranked: RankedScores) { self.ranked = ranked }

    /// The number of distinct scores.
    var underestimatedCount: Int { ranked.tieEnds.count - index }

    mutating func next() -> Tie? {
      guard index < ranked.tieEnds.count else { return nil }
      let end = ranked.tieEnds[index]
      var positives = 0
      while start + positives < end && ranked.isPositive[start + positives] { positives += 1 }
      truePositives += positives
      defer { (index, start) = (index + 1, end) }
      return Tie(
        score: ranked.scores[start], positions: start..<end, positives: positives,
        truePositives: truePositives)
    }
  }

  /// The ties by descending score.
  var ties: Ties { Ties(ranked: self) }

  /// Refuses a table without rows or without positive rows.
  ///
  /// - Parameter statistic: The statistic's name, for the message.
  /// - Throws: ``StatisticsError`` with code `.empty` or `.noPositives`.
  func requirePositives(for statistic: String) throws(StatisticsError) {
    if count == 0 { throw StatisticsError(.empty, "\(statistic) of no radiographs is undefined.") }
    if positiveCount == 0 {
      throw StatisticsError(
        .noPositives, "\(statistic) is undefined: none of the \(count) radiographs is positive.")
    }
  }

  /// Refuses a table that lacks rows of either class.
  ///
  /// - Parameter statistic: The statistic's name, for the message.
  /// - Throws: ``StatisticsError`` with code `.empty`, `.noPositives` or `.noNegatives`.
  func requireBothClasses(for statistic: String) throws(StatisticsError) {
    try requirePositives(for: statistic)
    if negativeCount == 0 {
      throw StatisticsError(
        .noNegatives, "\(statistic) is undefined: none of the \(count) radiographs is negative.")
    }
  }
}
