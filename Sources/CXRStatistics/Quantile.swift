// SPDX-License-Identifier: Apache-2.0

/// Quantiles of samples.
public enum Quantile {
  /// Returns quantiles by linear interpolation between order statistics.
  ///
  ///     Quantile.linear([1, 2, 4], at: [0.25, 0.5])  // [1.5, 2]
  ///
  /// - Parameters:
  ///   - values: Numbers in any order.
  ///   - probabilities: Probabilities in 0 ... 1.
  /// - Returns: One quantile per probability; NaN when there are no values.
  /// - Precondition: No value is NaN.
  /// - Complexity: O(*n* log *n*).
  /// - SeeAlso: Hyndman & Fan, *The American Statistician* 50 (1996), definition 7.
  public static func linear(_ values: [Double], at probabilities: [Double]) -> [Double] {
    let sorted = values.sorted()
    return probabilities.map { probability in
      guard let last = sorted.last else { return .nan }
      let place = Double(sorted.count - 1) * probability
      let index = Int(place)
      guard index + 1 < sorted.count else { return last }
      return sorted[index] + (sorted[index + 1] - sorted[index]) * (place - Double(index))
    }
  }
}
