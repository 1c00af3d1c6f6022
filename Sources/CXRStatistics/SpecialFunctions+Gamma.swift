// SPDX-License-Identifier: Apache-2.0
import Foundation

extension SpecialFunctions {
  /// Returns the regularised upper incomplete gamma function Q(a, x).
  ///
  /// - Parameters:
  ///   - a: The shape, positive.
  ///   - x: The point, not negative.
  /// - Returns: The probability that a gamma number of shape `a` exceeds `x`.
  /// - Complexity: O(√*a*) terms.
  /// - SeeAlso: DLMF 8.11.4 (series) and 8.9.2 (fraction), <https://dlmf.nist.gov/8.9>.
  public static func regularizedGammaQ(_ a: Double, _ x: Double) -> Double {
    precondition(a > 0 && x >= 0, "a positive shape and a point that is not negative")
    if x == 0 { return 1 }
    if x == .infinity { return 0 }
    // xᵃ e⁻ˣ / Γ(a)
    let density =
      (a / (2 * .pi)).squareRoot() * exp(-deviance(a, mean: x) - stirlingError(a))
    guard x < a + 1 else {
      return density
        / continuedFraction(startingWith: x + 1 - a) { i in (i * (a - i), x + 2 * i + 1 - a) }
    }
    var term = 1 / a
    var sum = term
    var denominator = a
    while term > sum * unitRoundoff {
      denominator += 1
      term *= x / denominator
      sum += term
    }
    return 1 - density * sum
  }

  /// Returns the probability that a chi-square number exceeds `x`.
  ///
  /// - Parameters:
  ///   - x: The statistic, not negative.
  ///   - degreesOfFreedom: The degrees of freedom, at least 1.
  /// - Returns: The upper tail.
  /// - SeeAlso: ``regularizedGammaQ(_:_:)``.
  public static func chiSquareUpperTail(_ x: Double, degreesOfFreedom: Int) -> Double {
    regularizedGammaQ(Double(degreesOfFreedom) / 2, x / 2)
  }
}
