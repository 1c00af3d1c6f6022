// SPDX-License-Identifier: Apache-2.0

extension Collection where Element == String {
  /// Returns the element that is spelled most like a name, for "did you mean" remedies.
  ///
  /// - Parameter name: What somebody typed.
  /// - Returns: The nearest element by edit distance, or `nil` when none is near.
  /// - Complexity: O(*k* · *m* · *n*) for *k* candidates.
  public func nearest(to name: String) -> String? {
    let typed = Array(name.lowercased())
    let ranked = map { ($0, editDistance(typed, Array($0.lowercased()))) }
    guard let best = ranked.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) else { return nil }
    return best.1 <= Swift.max(2, typed.count / 3) ? best.0 : nil
  }
}

/// Levenshtein's distance with unit costs.
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var previous = Array(0...b.count)
  for (i, x) in a.enumerated() {
    var current = [i + 1]
    for (j, y) in b.enumerated() {
      current.append(
        Swift.min(previous[j + 1] + 1, current[j] + 1, previous[j] + (x == y ? 0 : 1)))
    }
    previous = current
  }
  return previous[b.count]
}
