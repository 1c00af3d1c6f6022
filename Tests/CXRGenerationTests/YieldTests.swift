// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import Foundation
import Testing

@testable import CXRGeneration

@Suite("Yield and balance")
struct YieldTests {
  let fixture: GenerationFixture

  init() throws { fixture = try GenerationFixture() }

  private func prompts() throws -> [PromptRecord] {
    var prompts: [PromptRecord] = []
    try fixture.catalog().forEachPrompt(of: "balanced") {
      prompts.append($0.prompt)
      return true
    }
    return prompts
  }

  @Test("The table is what the log adds up to, cell by cell, while a run goes on and at its end")
  func table() throws {
    struct Death: Error {}
    var generator = DrawnGenerator()
    generator.beforeImage = { if $0 == 60 { throw Death() } }
    let prompts = try prompts()
    for isWhole in [false, true] {
      let session = try isWhole ? fixture.session() : fixture.session(generator)
      try session.begin(provenance: GenerationFixture.provenance)
      if isWhole {
        try session.run(GenerationWork())
      } else {
        #expect(throws: Death.self) { try session.run(GenerationWork()) }
      }
      let yield = try GenerationYield(of: "run", in: fixture.catalog())
      var rows: [DemographicCell: GenerationYield.Row] = [:]
      var decided: Set<Int> = []
      func cell(_ prompt: Int) -> DemographicCell {
        let record = prompts[prompt]
        return DemographicCell(
          sex: record.sex, race: record.race, ageYears: record.ageYears.map(Double.init))
      }
      for prompt in prompts.indices {
        rows[cell(prompt), default: .init(cell: cell(prompt), acceptedAtAttempt: [0, 0, 0, 0])]
          .wanted += 1
      }
      var checks: [String: [GenerationVerdict.Verdict: Int]] = [:]
      try fixture.catalog().forEachGenerationAttempt(of: "run") { attempt in
        let cell = cell(attempt.prompt)
        rows[cell]?.attempts += 1
        if attempt.outcome == .accepted {
          rows[cell]?.acceptedAtAttempt[attempt.attempt - 1] += 1
          if attempt.verdicts.contains(where: { $0.verdict == .untested }) {
            rows[cell]?.acceptedWithUntested += 1
          }
          decided.insert(attempt.prompt)
        } else if attempt.attempt == 4 {
          rows[cell]?.discarded += 1
          decided.insert(attempt.prompt)
        }
        for verdict in attempt.verdicts {
          checks[verdict.predicate, default: [:]][verdict.verdict, default: 0] += 1
        }
        return true
      }
      for prompt in prompts.indices where !decided.contains(prompt) {
        rows[cell(prompt)]?.open += 1
      }
      #expect(yield.cells == rows.sorted { $0.key < $1.key }.map(\.value))
      #expect(yield.total.wanted == 80 && yield.total.open == 80 - decided.count)
      #expect(yield.total.open > 0 || isWhole)
      #expect(yield.total.acceptedWithUntested > 0 && yield.total.discarded + yield.total.open > 0)
      for check in yield.checks where check.cell == nil {
        let counts = checks[check.predicate] ?? [:]
        #expect(
          [check.passed, check.failed, check.untested]
            == [counts[.passed] ?? 0, counts[.failed] ?? 0, counts[.untested] ?? 0])
        let parts = yield.checks.filter { $0.predicate == check.predicate && $0.cell != nil }
        #expect(parts.reduce(0) { $0 + $1.failed } == check.failed)
      }
      #expect(yield.checks.filter { $0.cell == nil }.map(\.predicate) == ["age", "race", "sex"])
      #expect(yield.notes.first { $0.hasPrefix("race:") } != nil)
      #expect(
        try yield
          == JSONDecoder().decode(
            GenerationYield.self, from: JSONEncoder().encode(yield)))
    }
  }

  @Test("Sources, wanted and accepted images are compared over the same cells")
  func balances() throws {
    let session = try fixture.session(DrawnGenerator(errorShare: 0, failureShare: 0))
    try session.begin(provenance: GenerationFixture.provenance)
    try session.run(GenerationWork())
    let balances = try GenerationYield(of: "run", in: fixture.catalog()).balances
    #expect(balances.map(\.name) == ["source radiographs", "wanted", "accepted"])
    #expect(balances.map(\.count) == [10, 80, 80])
    // Ages 20 to 83 in four bins; eight pairs of sex and race for each.
    #expect(balances.allSatisfy { $0.entries.count == 32 })
    #expect(balances[0].largestToSmallest == nil)
    #expect(balances[0].reason?.contains("of 32 cells are empty") == true)
    #expect(balances[1].entries.map(\.count) == balances[2].entries.map(\.count))
    #expect(balances[1].largestToSmallest == 3)
  }

  @Test("Evenness is 1 for equal cells, 0 for one filled cell, and undefined for none")
  func evenness() {
    let cells = Race.allCases.map { DemographicCell(sex: .male, race: $0, ageYears: 50) }
    func balance(_ numbers: [Int]) -> DemographicBalance {
      DemographicBalance(
        name: "b", counts: Dictionary(uniqueKeysWithValues: zip(cells, numbers)), over: cells)
    }
    #expect(abs((balance([5, 5, 5, 5]).evenness ?? 0) - 1) < 1e-12)
    #expect(balance([5, 5, 5, 5]).largestToSmallest == 1)
    #expect(balance([9, 0, 0, 0]).evenness == 0)
    #expect(balance([9, 0, 0, 0]).largestToSmallest == nil)
    #expect(balance([9, 0, 0, 0]).reason == "3 of 4 cells are empty")
    #expect(abs((balance([1, 1, 0, 0]).evenness ?? 0) - 0.5) < 1e-12)
    #expect(balance([4, 2, 1, 1]).largestToSmallest == 4)
    #expect(balance([4, 2, 1, 1]).entries.map(\.share) == [0.5, 0.25, 0.125, 0.125])
    let none = balance([0, 0, 0, 0])
    #expect(none.evenness == nil && none.reason == "nothing lies in a cell")
  }

  @Test("Balanced copies give every cell the same number, and prompts of a cell nearly so")
  func copies() throws {
    let prompts =
      try prompts() + [
        PromptRecord(
          radiographID: 1, variation: 9, sex: nil, race: .white, ageYears: 30, impression: "",
          text: "t", tokenCount: nil, shortening: "none", removedText: "")
      ]
    let counts = try CopyPlan.balanced(perCell: 7).counts(for: prompts, seed: 3)
    #expect(counts.last == 0)
    var cells: [DemographicCell: [Int]] = [:]
    for (prompt, count) in zip(prompts, counts).dropLast() {
      cells[
        DemographicCell(
          sex: prompt.sex, race: prompt.race, ageYears: prompt.ageYears.map(Double.init)),
        default: []
      ].append(count)
    }
    #expect(cells.count == 32)
    for (_, counts) in cells {
      #expect(counts.reduce(0, +) == 7)
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    }
    #expect(try CopyPlan.balanced(perCell: 7).counts(for: prompts, seed: 3) == counts)
    #expect(try CopyPlan.balanced(perCell: 7).counts(for: prompts, seed: 4) != counts)
    #expect(try CopyPlan.each(2).counts(for: prompts, seed: 3) == prompts.map { _ in 2 })
    let error = #expect(throws: GenerationError.self) {
      try CopyPlan.balanced(perCell: 7).counts(for: prompts.suffix(1), seed: 3)
    }
    #expect(error?.code == .empty)
  }

  @Test("A run of balanced copies makes as many images of every cell")
  func balancedRun() throws {
    let session = try fixture.session(DrawnGenerator(errorShare: 0, failureShare: 0)) {
      $0.copies = .balanced(perCell: 4)
    }
    try session.begin(provenance: GenerationFixture.provenance)
    try session.run(GenerationWork())
    let yield = try GenerationYield(of: "run", in: fixture.catalog())
    #expect(yield.cells.map(\.accepted) == Array(repeating: 4, count: 32))
    #expect(yield.balances.last?.largestToSmallest == 1)
  }
}
