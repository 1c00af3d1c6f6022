// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport
import Testing

/// Goldens: Scripts/golden/make_standardized_differences.py with NumPy 2.4.6; those of categories
/// agree with tableone 0.9.6.
@Suite("Standardised difference")
struct StandardizedDifferenceTests {
  @Test(
    "Of means agrees with NumPy",
    arguments: [
      (62.4, 17.1, 55.8, 16.2, 0.3962516997694195),
      (44.5, 16.5, 44.6, 16.5, -0.0060606060606061465),
    ])
  func means(_ m1: Double, _ s1: Double, _ m2: Double, _ s2: Double, _ expected: Double) throws {
    let difference = try StandardizedDifference(
      mean: m1, standardDeviation: s1, versus: m2, standardDeviation: s2)
    #expect(difference.value.isClose(to: expected, absolute: 1e-13))
  }

  @Test(
    "Of proportions agrees with NumPy",
    arguments: [
      (0.44, 0.4, 0.08111071056538123), (0.02, 0.05, -0.16378532712978425),
      (0.0, 0.3, -0.9258200997725515),
    ])
  func proportions(_ p: Double, _ q: Double, _ expected: Double) throws {
    let difference = try StandardizedDifference(proportion: p, versus: q)
    #expect(difference.value.isClose(to: expected, absolute: 1e-13))
    #expect(difference.isNotable == (abs(expected) > 0.1))
  }

  @Test(
    "Of categories agrees with NumPy and tableone, one of them empty in both groups",
    arguments: [
      ([2452, 13685, 5521, 45102], [299, 1500, 700, 5085], 0.039256764608784994),
      ([10, 20, 30], [30, 20, 10], 0.8944271909999159),
      ([5, 0, 15, 7], [9, 0, 11, 3], 0.509893398531632),
      ([30, 70], [45, 55], 0.31362502409358983),
    ])
  func categories(_ counts: [Int], _ others: [Int], _ expected: Double) throws {
    let difference = try StandardizedDifference(counts: counts, versus: others)
    #expect(difference.value.isClose(to: expected, absolute: 1e-12))
    let reversed = try StandardizedDifference(counts: counts.reversed(), versus: others.reversed())
    #expect(reversed.value.isClose(to: expected, absolute: 1e-12))
  }

  @Test("Of two categories is the size of the difference of proportions")
  func twoCategories() throws {
    let categories = try StandardizedDifference(counts: [30, 70], versus: [45, 55])
    let proportions = try StandardizedDifference(proportion: 0.3, versus: 0.45)
    #expect(categories.value.isClose(to: -proportions.value, absolute: 1e-14))
  }

  @Test("What does not vary has no difference")
  func undefined() {
    for counts in [[5, 0], [0, 0, 7]] {
      #expect(throws: StatisticsError.self) {
        try StandardizedDifference(counts: counts, versus: counts)
      }
    }
    // Groups without a common category are infinitely far apart.
    #expect(throws: StatisticsError.self) {
      try StandardizedDifference(counts: [5, 5, 0, 0], versus: [0, 0, 3, 4])
    }
    #expect(throws: StatisticsError.self) {
      try StandardizedDifference(counts: [0, 0], versus: [1, 2])
    }
    #expect(throws: StatisticsError.self) {
      try StandardizedDifference(proportion: 0, versus: 0)
    }
    #expect(throws: StatisticsError.self) {
      try StandardizedDifference(proportion: 1.2, versus: 0.5)
    }
    #expect(throws: StatisticsError.self) {
      try StandardizedDifference(
        mean: .nan, standardDeviation: 1, versus: 0, standardDeviation: 1)
    }
  }
}
