// SPDX-License-Identifier: Apache-2.0

extension RankedScores {
  /// Keeps some rows without sorting again.
  ///
  /// - Parameter isIncluded: Whether a row is kept.
  /// - Returns: The ranking of the rows kept.
  /// - Complexity: O(*n*).
  public func restricted(to isIncluded: (Int) -> Bool) -> RankedScores {
    let kept = rows.indices.filter { isIncluded(Int(rows[$0])) }
    return RankedScores(
      rows: kept.map { rows[$0] }, scores: kept.map { scores[$0] },
      isPositive: kept.map { isPositive[$0] })
  }

  private init(rows: [UInt32], scores: [Double], isPositive: [Bool]) {
    self.rows = rows
    self.scores = scores
    self.isPositive = isPositive
    self.tieEnds = scores.indices.filter { index in
      index + 1 == scores.count || scores[index + 1] != scores[index]
    }.map { $0 + 1 }
    self.positiveCount = isPositive.count { $0 }
  }
}
