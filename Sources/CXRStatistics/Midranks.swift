// SPDX-License-Identifier: Apache-2.0

/// The ranks of numbers, ties sharing the mean of theirs.
public enum Midranks {
  /// Returns the rank of each number, the largest first.
  ///
  ///     Midranks.descending([0.7, 0.9, 0.7])  // [2.5, 1, 2.5]
  ///
  /// - Parameter values: Numbers.
  /// - Returns: A rank for each number, from 1 on; as large as the number is small.
  /// - Precondition: No value is NaN.
  /// - Complexity: O(*n* log *n*).
  public static func descending(_ values: [Double]) -> [Double] {
    precondition(!values.contains(where: \.isNaN), "numbers")
    let order = values.indices.sorted { values[$0] > values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      let end = order[start...].firstIndex { values[$0] != values[order[start]] } ?? order.count
      // The mean of the ranks start + 1 ... end.
      for place in start..<end { ranks[order[place]] = Double(start + 1 + end) / 2 }
      start = end
    }
    return ranks
  }
}
