// SPDX-License-Identifier: Apache-2.0

/// A share of radiographs, with intervals.
///
///     try Proportion(successes: 3, of: 10).wilson()  // 0.108 ... 0.603
public struct Proportion: Hashable, Sendable {
  /// The number of radiographs that count.
  public let successes: Int
  /// The number of radiographs.
  public let count: Int

  /// The share.
  public var value: Double { Double(successes) / Double(count) }

  /// Creates a proportion.
  ///
  /// - Parameters:
  ///   - successes: The number of radiographs that count.
  ///   - count: The number of radiographs.
  /// - Throws: ``StatisticsError`` with code `.empty` if there are none.
  /// - Precondition: The successes lie in 0 ... `count`.
  public init(successes: Int, of count: Int) throws(StatisticsError) {
    precondition(successes >= 0 && successes <= count, "between none and all succeed")
    if count == 0 { throw StatisticsError(.empty, "A share of no radiographs is undefined.") }
    self.successes = successes
    self.count = count
  }

  /// Returns Wilson's score interval, which covers well for rare events and small groups too.
  ///
  /// - Parameters:
  ///   - confidence: The coverage, between 0 and 1.
  ///   - designEffect: How much clustering inflates the variance, positive; see
  ///     ``designEffect(outcomes:clusters:)``.
  /// - Returns: The interval.
  /// - SeeAlso: Wilson, *JASA* 22 (1927), <https://doi.org/10.2307/2276774>; Brown, Cai & DasGupta,
  ///   *Statistical Science* 16 (2001), <https://doi.org/10.1214/ss/1009213286>.
  public func wilson(confidence: Double = 0.95, designEffect: Double = 1) -> Interval {
    precondition(designEffect > 0, "a design effect is positive")
    let z = SpecialFunctions.normalHalfWidth(confidence: confidence)
    let total = Double(count) / designEffect
    let shrinkage = 1 + z * z / total
    let centre = (value + z * z / (2 * total)) / shrinkage
    let spread = value * (1 - value) / total + z * z / (4 * total * total)
    let halfWidth = z * spread.squareRoot() / shrinkage
    return Interval(
      lower: successes == 0 ? 0 : max(0, centre - halfWidth),
      upper: successes == count ? 1 : min(1, centre + halfWidth))
  }

  /// Returns Clopper and Pearson's interval, which never covers less than it says.
  ///
  /// - Parameter confidence: The coverage, between 0 and 1.
  /// - Returns: The interval.
  /// - SeeAlso: Clopper & Pearson, *Biometrika* 26 (1934),
  ///   <https://doi.org/10.1093/biomet/26.4.404>.
  public func clopperPearson(confidence: Double = 0.95) -> Interval {
    let tail = (1 - SpecialFunctions.checked(confidence)) / 2
    let (hits, misses) = (Double(successes), Double(count - successes))
    return Interval(
      lower: successes == 0 ? 0 : SpecialFunctions.betaQuantile(tail, hits, misses + 1),
      upper: successes == count ? 1 : 1 - SpecialFunctions.betaQuantile(tail, misses, hits + 1))
  }

  /// Returns Newcombe's interval for the difference to an independent proportion.
  ///
  /// - Parameters:
  ///   - other: The proportion to subtract, from other radiographs.
  ///   - confidence: The coverage, between 0 and 1.
  /// - Returns: The interval of `value - other.value`, made of two Wilson intervals.
  /// - SeeAlso: Newcombe, *Statistics in Medicine* 17 (1998), method 10.
  public func newcombeDifference(
    from other: Proportion, confidence: Double = 0.95
  ) -> Interval {
    let (here, there) = (wilson(confidence: confidence), other.wilson(confidence: confidence))
    func distance(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }
    let difference = value - other.value
    return Interval(
      lower: difference - distance(value - here.lower, there.upper - other.value),
      upper: difference + distance(here.upper - value, other.value - there.lower))
  }
}
