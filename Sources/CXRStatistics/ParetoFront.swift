// SPDX-License-Identifier: Apache-2.0

/// The candidates that no other candidate beats in every respect.
///
///     ParetoFront([[0.81, 0.70], [0.80, 0.72], [0.79, 0.70]]).members  // [0, 1]
///
/// A candidate is dominated by another that is at least as good in all respects and better in one.
public struct ParetoFront: Hashable, Sendable {
  /// The positions of the candidates that are not dominated, ascending; at least one.
  public let members: [Int]

  /// Finds the front.
  ///
  /// - Parameter values: What each candidate comes to in each respect, shape
  ///   `[candidates, respects]`; larger is better.
  /// - Precondition: There is a candidate, all have as many values, and no value is NaN.
  /// - Complexity: O(*n*² *m*) for *n* candidates and *m* respects.
  public init(_ values: [[Double]]) {
    precondition(!values.isEmpty, "a candidate at least")
    precondition(
      values.allSatisfy { row in row.count == values[0].count && !row.contains(where: \.isNaN) },
      "candidates with as many numbers each")
    members = values.indices.filter { candidate in
      !values.contains { Self.dominates($0, values[candidate]) }
    }
  }

  private static func dominates(_ first: [Double], _ second: [Double]) -> Bool {
    first != second && zip(first, second).allSatisfy { $0 >= $1 }
  }
}
