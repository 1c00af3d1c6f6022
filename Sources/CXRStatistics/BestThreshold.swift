// SPDX-License-Identifier: Apache-2.0

/// The distinct scores at which a fraction of integers is largest.
struct BestThreshold {
  /// The lowest score with the largest fraction.
  private(set) var lowest: RankedScores.Tie
  /// The highest score with the largest fraction.
  private(set) var highest: RankedScores.Tie
  /// The number of distinct scores with the largest fraction.
  private(set) var tiedCount = 1
  /// The largest fraction's numerator.
  private(set) var numerator: Int
  /// The largest fraction's denominator.
  private(set) var denominator: Int

  /// Compares all distinct scores, by cross-multiplication in integers.
  ///
  /// - Parameters:
  ///   - ranked: The sorted scores, at least one.
  ///   - objective: The numerator and the positive denominator of what is to be large.
  init(_ ranked: RankedScores, objective: (RankedScores.Tie) -> (Int, Int)) {
    var ties = ranked.ties
    guard let first = ties.next() else { preconditionFailure("at least one score") }
    (lowest, highest) = (first, first)
    (numerator, denominator) = objective(first)
    while let tie = ties.next() {
      let (over, under) = objective(tie)
      let (challenger, champion) = (over * denominator, numerator * under)
      if challenger > champion {
        (lowest, highest, tiedCount) = (tie, tie, 1)
        (numerator, denominator) = (over, under)
      } else if challenger == champion {
        lowest = tie
        tiedCount += 1
      }
    }
  }
}
