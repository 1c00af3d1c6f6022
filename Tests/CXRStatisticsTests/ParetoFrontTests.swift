// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import Testing

@Suite("Pareto front and midranks")
struct ParetoFrontTests {
  @Test("Keeps what nothing dominates")
  func keepsUndominated() {
    #expect(ParetoFront([[0.81, 0.70], [0.80, 0.72], [0.79, 0.70]]).members == [0, 1])
    #expect(
      ParetoFront([[1, 1], [1, 1]]).members == [0, 1], "equals do not dominate each other")
    #expect(ParetoFront([[1], [3], [2]]).members == [1])
  }

  @Test("Ranks from the largest, ties sharing their mean")
  func ranks() {
    #expect(Midranks.descending([0.7, 0.9, 0.7]) == [2.5, 1, 2.5])
    #expect(Midranks.descending([]) == [])
    #expect(Midranks.descending([5, 5, 5]) == [2, 2, 2])
  }
}
