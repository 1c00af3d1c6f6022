// SPDX-License-Identifier: Apache-2.0

extension Sequence<Double> {
  /// Returns quantiles by linear interpolation between order statistics.
  ///
  /// - Parameter probabilities: Probabilities in 0 ... 1.
  /// - Returns: One quantile per probability; NaN when the sequence is empty.
  /// - Precondition: No element is NaN.
  /// - Complexity: O(*n* log *n*).
  /// - SeeAlso: Hyndman & Fan, *The American Statistician* 50 (1996), definition 7.
  func quantiles(_ probabilities: [Double]) -> [Double] {
    let sorted = sorted()
    return probabilities.map { probability in
      guard let last = sorted.last else { return .nan }
      let place = Double(sorted.count - 1) * probability
      let index = Int(place)
      guard index + 1 < sorted.count else { return last }
      return sorted[index] + (sorted[index + 1] - sorted[index]) * (place - Double(index))
    }
  }

  /// The sample mean and the standard deviation with divisor *n* − 1; NaN when undefined.
  func meanAndDeviation() -> (mean: Double, deviation: Double) {
    let values = Array(self)
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (squares / Double(values.count - 1)).squareRoot())
  }
}
