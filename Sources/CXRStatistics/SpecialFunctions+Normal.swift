// SPDX-License-Identifier: Apache-2.0
import Foundation

extension SpecialFunctions {
  /// Returns the probability that a standard normal number is at most `x`.
  ///
  /// - Parameter x: A number.
  /// - Returns: The lower tail.
  /// - SeeAlso: DLMF 7.2, <https://dlmf.nist.gov/7.2>.
  public static func normalCDF(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

  /// Returns the probability that a standard normal number exceeds `x`.
  ///
  /// - Parameter x: A number.
  /// - Returns: The upper tail, accurate where ``normalCDF(_:)`` rounds to 1.
  /// - SeeAlso: DLMF 7.2, <https://dlmf.nist.gov/7.2>.
  public static func normalUpperTail(_ x: Double) -> Double { erfc(x / 2.0.squareRoot()) / 2 }

  /// Returns the number that a standard normal number does not exceed with a given probability.
  ///
  /// - Parameter probability: A probability; 0 and 1 give infinities.
  /// - Returns: The quantile.
  /// - Precondition: The probability lies in 0 ... 1.
  /// - SeeAlso: Abramowitz & Stegun 26.2.23 for the first guess; two of Halley's steps make it
  ///   exact, each tripling the number of digits.
  public static func normalQuantile(_ probability: Double) -> Double {
    precondition((0...1).contains(probability), "a probability lies in 0...1")
    if probability > 0.5 { return -normalQuantile(1 - probability) }
    if probability == 0 { return -.infinity }
    let t = (-2 * log(probability)).squareRoot()
    let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
    let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    var x = numerator / denominator - t
    for _ in 0..<3 {
      let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
      let step = (normalCDF(x) - probability) / density
      x -= step / (1 + x * step / 2)
    }
    return x
  }

  /// Returns how many standard errors a two-sided interval extends to either side.
  ///
  /// - Parameter confidence: The interval's coverage, such as 0.95.
  /// - Returns: The normal quantile, such as 1.96.
  /// - Precondition: The coverage lies in 0 ..< 1.
  static func normalHalfWidth(confidence: Double) -> Double {
    -normalQuantile((1 - checked(confidence)) / 2)
  }

  /// Passes a usable coverage on.
  static func checked(_ confidence: Double) -> Double {
    precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
    return confidence
  }
}
