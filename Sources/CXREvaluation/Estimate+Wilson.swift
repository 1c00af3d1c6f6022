// SPDX-License-Identifier: Apache-2.0
internal import CXRStatistics

extension Estimate {
  /// The same rate with Wilson's interval, which takes radiographs as independent.
  ///
  /// - Parameter count: The rate's denominator.
  /// - Returns: The rate with the interval, or unchanged when it is undefined.
  func withWilsonInterval(of count: Int) -> Estimate {
    guard let value, count > 0,
      let proportion = try? Proportion(
        successes: Int((value * Double(count)).rounded()), of: count)
    else { return self }
    let interval = proportion.wilson()
    return Estimate(
      value: value, lower: interval.lower, upper: interval.upper, labelCount: labelCount,
      reason: "Wilson interval, radiographs taken as independent")
  }
}
