// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport
import Testing

/// Expected values from 40-digit arithmetic (mpmath 1.3: bisection on erfc for the quantiles,
/// gammainc, and hyp2f1 for the incomplete beta), at the doubles nearest to the arguments.
@Suite("Special functions")
struct SpecialFunctionsTests {
  private let tolerance = 1e-13

  @Test(
    "Normal quantiles, far into the tails",
    arguments: [
      (0.025, -1.95996398454005421), (0.3, -0.524400512708040816), (1e-10, -6.3613409024040562),
      (1e-300, -37.0470962993611992), (0.975, 1.95996398454005386),
      (0.0005, -3.29052673149189479), (1e-05, -4.26489079392282461),
      (0.4999, -0.000250662830088007492), (0.5, 0),
    ])
  func normalQuantile(probability: Double, expected: Double) {
    let quantile = SpecialFunctions.normalQuantile(probability)
    // Near one half the quantile inherits the rounding of the probability.
    #expect(quantile.isClose(to: expected, absolute: max(1e-15, tolerance * abs(expected))))
  }

  @Test("The quantiles of 0 and 1 are infinite")
  func quantilesOfCertainty() {
    #expect(SpecialFunctions.normalQuantile(0) == -.infinity)
    #expect(SpecialFunctions.normalQuantile(1) == .infinity)
  }

  @Test(
    "Normal tails",
    arguments: [
      (0, 0.5), (1.96, 0.0249978951482204362), (-3, 0.998650101968369905),
      (5, 2.86651571879193912e-7), (20, 2.7536241186062337e-89),
    ])
  func normalTails(x: Double, expected: Double) {
    #expect(SpecialFunctions.normalUpperTail(x).isClose(to: expected, relative: tolerance))
    #expect(SpecialFunctions.normalCDF(-x).isClose(to: expected, relative: tolerance))
  }

  @Test(
    "Chi-square tails",
    arguments: [
      (0.5, 1, 0.479500122186953462), (3.84, 1, 0.0500435212487051032),
      (23.81, 3, 0.0000273686281645416643), (100, 2, 1.92874984796391778e-22),
      (50, 60, 0.81789608402254489), (1000, 900, 0.0109946089421358481),
      (0.001, 1, 0.974772879369960388), (0, 4, 1), (.infinity, 4, 0),
    ])
  func chiSquare(x: Double, degreesOfFreedom: Int, expected: Double) {
    let tail = SpecialFunctions.chiSquareUpperTail(x, degreesOfFreedom: degreesOfFreedom)
    #expect(tail.isClose(to: expected, relative: tolerance))
  }

  @Test(
    "Incomplete beta function",
    arguments: [
      (0.3, 2, 5, 0.579824999999999976), (0.5, 0.5, 0.5, 0.5),
      (0.41, 20493, 29508, 0.527077042239389955), (0.001, 0.5, 300, 0.561345731129908803),
      (0.99, 10, 0.5, 0.657928175156784327), (0.2, 1, 1, 0.200000000000000011),
      (0.999, 500, 2, 0.909568417291777373), (0, 2, 3, 0), (1, 2, 3, 1),
    ])
  func incompleteBeta(x: Double, a: Double, b: Double, expected: Double) {
    #expect(SpecialFunctions.regularizedBeta(x, a, b).isClose(to: expected, relative: tolerance))
  }

  @Test(
    "Beta quantiles",
    arguments: [
      (0.025, 1, 10, 0.00252857854446178464), (0.025, 20493, 29508, 0.405544531750796502),
      (0.975, 0.5, 0.5, 0.998458666866563985), (1e-06, 3, 4, 0.00369426529940590864),
      (0.025, 1, 49999, 5.06366158808151096e-7), (0, 2, 2, 0), (1, 2, 2, 1),
    ])
  func betaQuantile(probability: Double, a: Double, b: Double, expected: Double) {
    let quantile = SpecialFunctions.betaQuantile(probability, a, b)
    #expect(quantile.isClose(to: expected, relative: tolerance))
  }

  @Test(
    "Student tails with fractional degrees of freedom",
    arguments: [
      (-2.0271780790790328, 197.10702098128777, 0.0439908690490648587),
      (0.001, 3.5, 0.999256455471866769), (12, 2.5, 0.00283621503007832383),
      (1.96, 1e6, 0.0499960675852697907), (40, 10, 2.28085774308575464e-12), (0, 5, 1),
    ])
  func student(t: Double, degreesOfFreedom: Double, expected: Double) {
    let tail = SpecialFunctions.studentTwoSidedTail(t, degreesOfFreedom: degreesOfFreedom)
    #expect(tail.isClose(to: expected, relative: tolerance))
  }

  @Test("Stops a caller who asks for the quantile of no probability")
  func trapsOnProbability() async {
    await #expect(processExitsWith: .failure) { _ = SpecialFunctions.normalQuantile(1.5) }
  }
}
