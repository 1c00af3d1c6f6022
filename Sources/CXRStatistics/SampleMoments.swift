// SPDX-License-Identifier: Apache-2.0

/// The mean and the spread of a sample.
struct SampleMoments {
  /// The mean; NaN without values.
  let mean: Double
  /// The standard deviation with divisor *n* − 1; NaN with fewer than two values.
  let standardDeviation: Double

  /// Computes both in two passes.
  ///
  /// - Parameter values: The sample.
  init(_ values: [Double]) {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    self.standardDeviation = (squares / Double(values.count - 1)).squareRoot()
  }
}
