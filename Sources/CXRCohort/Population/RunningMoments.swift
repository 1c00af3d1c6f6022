// SPDX-License-Identifier: Apache-2.0

/// Means and spreads in one pass.
///
/// - SeeAlso: Welford, *Technometrics* 4 (1962), <https://doi.org/10.1080/00401706.1962.10490022>.
struct RunningMoments {
  private var count = 0
  private var mean = 0.0
  private var squares = 0.0

  /// Takes a value in.
  mutating func add(_ value: Double) {
    count += 1
    let step = value - mean
    mean += step / Double(count)
    squares += step * (value - mean)
  }

  /// The moments, or `nil` without a value.
  var summary: Population.AgeSummary? {
    guard count > 0 else { return nil }
    return Population.AgeSummary(
      knownCount: count, meanYears: mean,
      standardDeviationYears: count > 1 ? (squares / Double(count - 1)).squareRoot() : nil)
  }
}
