// SPDX-License-Identifier: Apache-2.0
import Foundation

extension SpecialFunctions {
  /// Returns the regularised incomplete beta function I(x; a, b).
  ///
  /// - Parameters:
  ///   - x: The point, in 0 ... 1.
  ///   - a: The first shape, positive.
  ///   - b: The second shape, positive.
  /// - Returns: The probability that a beta number is at most `x`.
  /// - Complexity: O(√max(*a*, *b*)) terms.
  /// - SeeAlso: DiDonato & Morris, *ACM TOMS* 18 (1992), the fraction `BFRAC`,
  ///   <https://doi.org/10.1145/131766.131776>.
  public static func regularizedBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    precondition((0...1).contains(x), "a point in 0...1")
    return regularizedBeta(x, complement: 1 - x, a, b)
  }

  /// Returns the point up to which a beta number lies with a given probability.
  ///
  /// - Parameters:
  ///   - probability: The probability, in 0 ... 1.
  ///   - a: The first shape, positive.
  ///   - b: The second shape, positive.
  /// - Returns: The quantile, by Newton's steps kept inside a shrinking bracket.
  /// - SeeAlso: ``regularizedBeta(_:_:_:)``.
  public static func betaQuantile(_ probability: Double, _ a: Double, _ b: Double) -> Double {
    precondition((0...1).contains(probability), "a probability lies in 0...1")
    if probability == 0 || probability == 1 { return probability }
    var (low, high) = (0.0, 1.0)
    var x = a / (a + b)
    // Halving alone needs about 1,075 steps to the smallest double; Newton needs about ten.
    for _ in 0..<1100 {
      let excess = regularizedBeta(x, a, b) - probability
      if excess < 0 { low = x } else { high = x }
      let slope = betaKernel(x, complement: 1 - x, a, b) / (x * (1 - x))
      let newton = x - excess / slope
      let next = newton > low && newton < high ? newton : (low + high) / 2
      if abs(next - x) <= 2 * unitRoundoff * x { return next }
      x = next
    }
    return x
  }

  /// Returns the probability that a Student number is at least as far from 0 as `t`.
  ///
  /// - Parameters:
  ///   - t: The statistic.
  ///   - degreesOfFreedom: The degrees of freedom, positive, whole or not.
  /// - Returns: The two-sided tail.
  /// - SeeAlso: Abramowitz & Stegun 26.7.1.
  public static func studentTwoSidedTail(_ t: Double, degreesOfFreedom: Double) -> Double {
    let square = t * t
    let total = degreesOfFreedom + square
    return regularizedBeta(
      degreesOfFreedom / total, complement: square / total, degreesOfFreedom / 2, 0.5)
  }

  /// Returns how many standard errors a two-sided interval by Student extends to either side.
  ///
  /// - Parameters:
  ///   - confidence: The interval's coverage, such as 0.95.
  ///   - degreesOfFreedom: The degrees of freedom, positive, whole or not.
  /// - Returns: Student's quantile.
  /// - Precondition: The coverage lies between 0 and 1.
  static func studentHalfWidth(confidence: Double, degreesOfFreedom: Double) -> Double {
    let share = betaQuantile(checked(confidence), 0.5, degreesOfFreedom / 2)
    return (degreesOfFreedom * share / (1 - share)).squareRoot()
  }

  /// I(x; a, b) where 1 − x is known better than subtraction would tell.
  private static func regularizedBeta(
    _ x: Double, complement y: Double, _ a: Double, _ b: Double
  ) -> Double {
    precondition(a > 0 && b > 0, "positive shapes")
    if x == 0 || y == 0 { return x }
    // The fraction converges fast on the near side of the mean only.
    return x > (a + 1) / (a + b + 2)
      ? 1 - nearTail(y, complement: x, b, a) : nearTail(x, complement: y, a, b)
  }

  /// I(x; a, b) for x not above the mean by much.
  private static func nearTail(
    _ x: Double, complement y: Double, _ a: Double, _ b: Double
  ) -> Double {
    let sum = a + b
    let excess = a > b ? sum * y - b : a - sum * x
    let fraction = continuedFraction(startingWith: a / (a + 1) * (excess + 1)) { n in
      let middle = a + 2 * n
      let drop = n * (b - n) * x / (middle - 1)
      return (
        (a + n - 1) * (sum + n - 1) * x / (middle - 1) * drop,
        n + drop + (a + n) / (middle + 1) * (excess + 1 + n * (1 + y))
      )
    }
    return betaKernel(x, complement: y, a, b) / fraction
  }

  /// xᵃ yᵇ / B(a, b), written so that nothing large cancels.
  private static func betaKernel(
    _ x: Double, complement y: Double, _ a: Double, _ b: Double
  ) -> Double {
    let sum = a + b
    let exponent =
      stirlingError(sum) - stirlingError(a) - stirlingError(b)
      - deviance(a, mean: sum * x) - deviance(b, mean: sum * y)
    return (a * b / (2 * .pi * sum)).squareRoot() * exp(exponent)
  }
}
