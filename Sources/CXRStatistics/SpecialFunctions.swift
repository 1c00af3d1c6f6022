// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The distribution functions behind intervals and p-values.
///
/// Each is accurate to about 1e-13 relative to the tail it returns; the tests compare with
/// 40-digit arithmetic.
public enum SpecialFunctions {
  /// The rounding unit at which the series and fractions below stop.
  static let unitRoundoff = 0x1p-53

  /// The error of Stirling's formula: ln Γ(z) − [(z − ½) ln z − z + ½ ln 2π].
  ///
  /// Writing densities with it, instead of with ln Γ, avoids the cancellation of large logarithms.
  ///
  /// - Parameter z: A positive number.
  /// - Returns: The error, about 1 / 12z.
  /// - SeeAlso: Loader, *Fast and accurate computation of binomial probabilities* (2000);
  ///   DLMF 5.11.1, <https://dlmf.nist.gov/5.11.E1>.
  static func stirlingError(_ z: Double) -> Double {
    // The asymptotic series is exact to the last digit from 10 on; smaller arguments step up.
    var error = 0.0
    var z = z
    while z < 10 {
      error += (z + 0.5) * log1p(1 / z) - 1
      z += 1
    }
    let coefficients: [Double] = [
      1 / 156, -691 / 360_360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12,
    ]
    let square = 1 / (z * z)
    return error + coefficients.reduce(0) { $0 * square + $1 } / z
  }

  /// The deviance term x ln(x / mean) + mean − x, without cancellation when x is near the mean.
  ///
  /// - Parameters:
  ///   - x: A positive number.
  ///   - mean: A positive number.
  /// - Returns: A number that is not negative.
  /// - SeeAlso: Loader, *Fast and accurate computation of binomial probabilities* (2000).
  static func deviance(_ x: Double, mean: Double) -> Double {
    guard abs(x - mean) < 0.1 * (x + mean) else { return x * log(x / mean) + mean - x }
    let ratio = (x - mean) / (x + mean)
    var sum = (x - mean) * ratio
    var power = 2 * x * ratio
    var divisor = 1.0
    while true {
      power *= ratio * ratio
      divisor += 2
      let next = sum + power / divisor
      if next == sum { return sum }
      sum = next
    }
  }

  /// Evaluates a continued fraction b₀ + a₁ / (b₁ + a₂ / (b₂ + …)) from its front.
  ///
  /// - Parameters:
  ///   - first: b₀.
  ///   - term: The pair (aᵢ, bᵢ) for i = 1, 2, ….
  /// - Returns: The value.
  /// - SeeAlso: Thompson & Barnett, *J. Comput. Phys.* 64 (1986) (Lentz's method),
  ///   <https://doi.org/10.1016/0021-9991(86)90046-X>.
  static func continuedFraction(
    startingWith first: Double, term: (Double) -> (a: Double, b: Double)
  ) -> Double {
    func nonZero(_ value: Double) -> Double { value == 0 ? .leastNormalMagnitude : value }
    var value = nonZero(first)
    var (ahead, behind) = (value, 0.0)
    var i = 1.0
    while true {
      let (a, b) = term(i)
      behind = 1 / nonZero(b + a * behind)
      ahead = nonZero(b + a / ahead)
      let factor = ahead * behind
      value *= factor
      // A fraction that oscillates in its last digit would never pass a tighter test.
      if abs(factor - 1) <= 2 * unitRoundoff || i > 1e6 { return value }
      i += 1
    }
  }
}
