// SPDX-License-Identifier: Apache-2.0
import CXREvaluation
import Testing

@testable import CXRReport

@Suite("Cell")
struct CellTests {
  @Test(
    "Numbers keep three decimals and a real minus sign",
    arguments: [
      (0.8724, "0.872"), (-0.25, "−0.250"), (0, "0.000"), (1, "1.000"), (0.00042, "4.2e−04"),
      (0.0005, "0.001"),
    ])
  func decimals(value: Double, text: String) {
    #expect(Cell.number(value, reason: nil).text == text)
  }

  @Test(
    "Differences are signed unless they vanish",
    arguments: [(0.0123, "+0.012"), (-0.0123, "−0.012"), (-0.0001, "0.000"), (0.0001, "0.000")])
  func differences(value: Double, text: String) {
    #expect(Cell.difference(value, nil, nil, reason: nil).text == text)
  }

  @Test("A p-value is never zero", arguments: [(0.0, "<0.001"), (0.0312, "0.031"), (1, "1.000")])
  func probabilities(value: Double, text: String) {
    #expect(Cell.probability(value, reason: nil).text == text)
  }

  @Test(
    "Counts have grouped thousands",
    arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (112_120, "112,120")])
  func counts(value: Int, text: String) {
    #expect(Cell.count(value, reason: nil).text == text)
  }

  @Test("A suppressed count shows its bound, any other missing count n/a")
  func suppression() {
    #expect(Cell.count(nil, reason: "suppressed: <10 radiographs").text == "<10")
    #expect(Cell.count(nil, reason: "suppressed (< 5)").text == "<5")
    #expect(Cell.count(nil, reason: "suppressed").text == "suppressed")
    #expect(Cell.count(nil, reason: "not recorded").text == "n/a")
    #expect(Cell.count(7, reason: "suppressed: <10").text == "7")
  }

  @Test("An estimate takes its surroundings' reason only when it has no value")
  func reasons() {
    #expect(Cell.estimate(Estimate(value: nil), within: "hidden").reason == "hidden")
    #expect(Cell.estimate(Estimate(value: 0.5), within: "hidden").reason == nil)
    #expect(Cell.estimate(.undefined("own"), within: "hidden").reason == "own")
  }

  @Test("Stars need an effect size and its interval")
  func stars() {
    #expect(Significance.stars(0.0001, effect: 0.1, lower: 0, upper: 0.2) == "***")
    #expect(Significance.stars(0.009, effect: 0.1, lower: 0, upper: 0.2) == "**")
    #expect(Significance.stars(0.05, effect: 0.1, lower: 0, upper: 0.2) == "")
    #expect(Significance.stars(0.0001, effect: 0.1, lower: nil, upper: 0.2) == "")
    #expect(Significance.stars(0.0001, effect: nil, lower: 0, upper: 0.2) == "")
  }

  @Test("Control characters and line breaks become single spaces")
  func singleLine() {
    #expect(" a\n\tb\u{1B}c\u{202E} ".singleLine == "a b c")
    #expect("".singleLine == "")
    #expect(Cell("a\nb").text == "a b")
  }
}
