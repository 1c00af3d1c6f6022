// SPDX-License-Identifier: Apache-2.0

/// Decides which counts of some totals are hidden so that no small one can be derived.
struct SmallCounts {
  /// Counts below it, but not 0, are hidden.
  let limit: Int

  /// Which counts are hidden: the small ones, and a second one of each total that hides one only.
  ///
  /// - Parameters:
  ///   - counts: The counts.
  ///   - totals: The positions of the counts of which each known total is made.
  /// - Returns: Whether each count is hidden.
  func hidden(_ counts: [Int], totals: [[Int]]) -> [Bool] {
    var isHidden = counts.map { (1..<limit).contains($0) }
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for members in totals where members.count(where: { isHidden[$0] }) == 1 {
        let next = members.filter { !isHidden[$0] && counts[$0] > 0 }
          .min { (counts[$0], $0) < (counts[$1], $1) }
        guard let next else { continue }
        isHidden[next] = true
        hasChanged = true
      }
    }
    return isHidden
  }
}
