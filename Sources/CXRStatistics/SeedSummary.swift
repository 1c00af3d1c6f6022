// SPDX-License-Identifier: Apache-2.0

/// One metric over several training seeds.
///
///     try SeedSummary([0.81, 0.83, 0.82]).interval  // Student's t, 2 degrees of freedom
public struct SeedSummary: Hashable, Sendable {
  /// The number of seeds.
  public let count: Int
  /// The mean.
  public let mean: Double
  /// The standard deviation with divisor *n* − 1, or `nil` with one seed.
  public let standardDeviation: Double?
  /// The smallest value.
  public let minimum: Double
  /// The largest value.
  public let maximum: Double
  /// Student's *t* interval of the mean, or `nil` with one seed.
  public let interval: Interval?

  /// Summarises values.
  ///
  /// - Parameters:
  ///   - values: The metric of each seed.
  ///   - confidence: The nominal coverage of the interval.
  /// - Throws: ``StatisticsError`` with code `.empty` without values, `.nonFinite` if one is NaN or
  ///   infinite.
  public init(_ values: [Double], confidence: Double = 0.95) throws(StatisticsError) {
    guard let smallest = values.min(), let largest = values.max() else {
      throw StatisticsError(.empty, "There are no seeds to summarise.")
    }
    guard values.allSatisfy(\.isFinite) else {
      throw StatisticsError(.nonFinite, "The metric of a seed is not finite.")
    }
    let moments = SampleMoments(values)
    count = values.count
    mean = moments.mean
    (minimum, maximum) = (smallest, largest)
    guard count > 1 else {
      (standardDeviation, interval) = (nil, nil)
      return
    }
    standardDeviation = moments.standardDeviation
    let half =
      Self.studentQuantile(confidence, degreesOfFreedom: Double(count - 1))
      * moments.standardDeviation / Double(count).squareRoot()
    interval = Interval(lower: mean - half, upper: mean + half)
  }

  /// The number that a Student number stays within, to either side, with a given probability.
  private static func studentQuantile(
    _ confidence: Double, degreesOfFreedom: Double
  ) -> Double {
    // t² / (ν + t²) is a beta number with shapes ½ and ν / 2.
    let share = SpecialFunctions.betaQuantile(
      SpecialFunctions.checked(confidence), 0.5, degreesOfFreedom / 2)
    return (degreesOfFreedom * share / (1 - share)).squareRoot()
  }
}
