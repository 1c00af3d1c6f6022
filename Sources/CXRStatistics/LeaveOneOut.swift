// SPDX-License-Identifier: Apache-2.0

/// A rank statistic without each of the rows in turn, all of them in one pass.
///
///     try LeaveOneOut(.auroc, of: edema).acceleration(patients: table.patients)
///
/// Removing a row changes counts by one, so every value follows from prefix and suffix sums over
/// tied scores; nothing is ranked again.
///
/// - SeeAlso: Efron, *JASA* 82 (1987), <https://doi.org/10.1080/01621459.1987.10478410>.
public struct LeaveOneOut: Sendable {
  /// The rows, in the order of the ranking.
  public let rows: [UInt32]
  /// The statistic without each row, in the same order.
  public let values: [Double]

  /// Computes a statistic without each row.
  ///
  /// - Parameters:
  ///   - statistic: The statistic.
  ///   - ranked: The sorted scores.
  /// - Throws: ``StatisticsError`` with code `.noPositives` or `.noNegatives` if fewer than two
  ///   rows hold a class that the statistic needs: without one of them it would be undefined.
  /// - Complexity: O(*n*).
  public init(_ statistic: RankStatistic, of ranked: RankedScores) throws(StatisticsError) {
    guard ranked.positiveCount > 1 else {
      throw StatisticsError(
        .noPositives, "Leaving one row out needs at least 2 positives, not \(ranked.positiveCount)."
      )
    }
    rows = ranked.rows
    switch statistic {
    case .auroc:
      guard ranked.negativeCount > 1 else {
        throw StatisticsError(
          .noNegatives,
          "Leaving one row out needs at least 2 negatives, not \(ranked.negativeCount).")
      }
      values = Self.aurocs(ranked)
    case .averagePrecision:
      values = Self.averagePrecisions(ranked)
    }
  }

  /// Computes the acceleration of a BCa interval.
  ///
  /// - Parameter patients: The patient of each row of the table, when patients were resampled:
  ///   the influences of a patient's rows are then summed.
  /// - Returns: The acceleration; 0 when every value is the same.
  /// - Complexity: O(*n*).
  public func acceleration(patients: [Int]? = nil) -> Double {
    // Influences are n times a tiny difference, so the mean must not lose a digit.
    let mean = Self.sum(values) / Double(values.count)
    var influences = values.map { Double(values.count - 1) * (mean - $0) }
    if let patients {
      var sums = [Double](repeating: 0, count: (patients.max() ?? -1) + 1)
      for (row, influence) in zip(rows, influences) { sums[patients[Int(row)]] += influence }
      influences = sums
    }
    let squares = Self.sum(influences.map { $0 * $0 })
    let cubes = Self.sum(influences.map { $0 * $0 * $0 })
    return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
  }

  private static func sum(_ values: [Double]) -> Double {
    var sum = CompensatedSum()
    for value in values { sum.add(value) }
    return sum.value
  }
}

extension LeaveOneOut {
  private static func aurocs(_ ranked: RankedScores) -> [Double] {
    let (positives, negatives) = (ranked.positiveCount, ranked.negativeCount)
    // What each row contributes to twice the number of wins.
    var contributions = [Int](repeating: 0, count: ranked.count)
    var doubledWins = 0
    for tie in ranked.ties {
      let below = negatives - tie.falsePositives
      let above = tie.truePositives - tie.positives
      for position in tie.positions {
        contributions[position] =
          ranked.isPositive[position] ? 2 * below + tie.negatives : 2 * above + tie.positives
      }
      doubledWins += tie.positives * (2 * below + tie.negatives)
    }
    let withoutPositive = Double(2 * (positives - 1) * negatives)
    let withoutNegative = Double(2 * positives * (negatives - 1))
    return contributions.enumerated().map { position, contribution in
      Double(doubledWins - contribution)
        / (ranked.isPositive[position] ? withoutPositive : withoutNegative)
    }
  }

  private static func averagePrecisions(_ ranked: RankedScores) -> [Double] {
    let ties = Array(ranked.ties)
    let positives = Double(ranked.positiveCount)
    // The sum over lower scores when the removed row above was positive or negative.
    var lower = [(positive: Double, negative: Double)](repeating: (0, 0), count: ties.count)
    for index in ties.indices.dropLast().reversed() {
      let (tie, below) = (ties[index + 1], lower[index + 1])
      lower[index] = (
        below.positive + term(tie.positives, tie.truePositives - 1, tie.predictedPositives - 1),
        below.negative + term(tie.positives, tie.truePositives, tie.predictedPositives - 1)
      )
    }
    var values: [Double] = []
    values.reserveCapacity(ranked.count)
    var higher = 0.0
    for (tie, lower) in zip(ties, lower) {
      let own = (
        positive: term(tie.positives - 1, tie.truePositives - 1, tie.predictedPositives - 1),
        negative: term(tie.positives, tie.truePositives, tie.predictedPositives - 1)
      )
      let withoutPositive = (higher + own.positive + lower.positive) / (positives - 1)
      let withoutNegative = (higher + own.negative + lower.negative) / positives
      for position in tie.positions {
        values.append(ranked.isPositive[position] ? withoutPositive : withoutNegative)
      }
      higher += term(tie.positives, tie.truePositives, tie.predictedPositives)
    }
    return values
  }

  /// The share of a tied score in the sum of precisions: positives · TP / selected.
  private static func term(_ positives: Int, _ truePositives: Int, _ selected: Int) -> Double {
    positives < 1 ? 0 : Double(positives) * Double(truePositives) / Double(selected)
  }
}
