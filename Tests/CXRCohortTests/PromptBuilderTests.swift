// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore
import CXRText
import Testing

@Suite("Prompts")
struct PromptBuilderTests {
  let tokenizer: CLIPTokenizer
  var plan = PromptPlan(name: "p", source: RadiographSource(dataset: "made-up"))

  init() throws { tokenizer = try LetterTokenizer.make() }

  private func prompts(
    _ plan: PromptPlan, _ candidates: [PromptCandidate], threads: Int = 2
  ) async throws -> PromptBuilder.Prompts {
    try await PromptBuilder(plan: plan, tokenizer: tokenizer)
      .prompts(from: candidates, threads: threads)
  }

  private func candidate(
    _ impression: String?, sex: Sex? = .male, race: Race? = .hispanic, age: Double? = 71.9,
    findings: [Finding] = []
  ) -> PromptCandidate {
    var states = FindingStates(allAre: .negative)
    for finding in findings { states[finding] = .positive }
    return PromptCandidate(
      radiographID: 1, dataset: "d", imageName: "a.png", sex: sex, race: race, ageYears: age,
      view: .pa, findings: states, sections: [impression])
  }

  @Test("The study's prompt reads as published")
  func study() async throws {
    let made = try await prompts(plan, [candidate("Normal chest .")])
    let prompt = try #require(made.set.prompts.first)
    #expect(prompt.text == "71 year old HISPANIC male. Normal chest .")
    #expect(prompt.tokenCount == prompt.text.count { $0 != " " } + 2)
    #expect(prompt.shortening == "none" && prompt.variation == 0 && prompt.ageYears == 71)
  }

  @Test(
    "What lacks a value is left out and counted by reason; what the template does not ask for is not"
  )
  func missing() async throws {
    let candidates = [
      candidate("Clear."), candidate(nil), candidate(""), candidate("Clear.", race: nil),
      candidate("Clear.", age: nil),
    ]
    let flow = try await prompts(plan, candidates).report.flow
    #expect(
      flow.map { "\($0.count) \($0.name)" } == [
        "5 radiographs selected", "1 left out: no age", "2 left out: no impression",
        "1 left out: no race", "1 radiographs used", "1 prompts",
      ])
    var short = plan
    short.template = "{sex}"
    short.demographics = .everyone
    #expect(try await prompts(short, candidates).set.prompts.count == 40)
  }

  @Test("Summaries take the first section that a report has")
  func summary() async throws {
    var plan = plan
    plan.section = .summary
    #expect(
      try PromptBuilder(plan: plan, tokenizer: nil).sections
        == ["impression", "findings", "lastParagraph", "comparison"])
    var candidate = candidate(nil)
    candidate.sections = [nil, "", "Last.", "Compared."]
    let made = try await prompts(plan, [candidate])
    #expect(made.set.prompts.first?.impression == "Last.")
  }

  @Test(
    "No prompt is longer than allowed, and all of a radiograph repeat the same text",
    arguments: 1...4)
  func limits(_ seed: UInt64) async throws {
    var plan = plan
    plan.demographics = .everyone
    plan.seed = seed
    let made = try await prompts(plan, MadeUpRadiographs.candidates(60, seed: seed))
    #expect(made.set.prompts.allSatisfy { tokenizer.tokenCount($0.text) <= 77 })
    #expect(made.set.prompts.allSatisfy { $0.tokenCount == tokenizer.tokenCount($0.text) })
    #expect(made.report.shortenedCount > 40)
    for group in Dictionary(grouping: made.set.prompts, by: \.radiographID).values {
      #expect(Set(group.map(\.impression)).count == 1)
    }
    let shortened = made.set.prompts.filter { $0.shortening != "none" }
    #expect(
      shortened.allSatisfy { !$0.removedText.isEmpty && $0.shortening.hasPrefix("extractive") })
    #expect(made.report.tokens.reduce(0) { $0 + $1.count } == made.set.prompts.count)
  }

  @Test("Balanced prompts are as many for each sex and race, and ages stay near", arguments: 1...4)
  func balance(_ seed: UInt64) async throws {
    var plan = plan
    plan.demographics = .everyone
    plan.ageJitterYears = 7
    plan.weights = [FindingWeight(.edema, copies: 2.5), FindingWeight(.pneumonia, copies: 0.5)]
    plan.seed = seed
    let candidates = MadeUpRadiographs.candidates(100, seed: seed)
    let prompts = try await prompts(plan, candidates).set.prompts
    let cells = Dictionary(grouping: prompts) {
      "\($0.sex?.rawValue ?? "")\($0.race?.rawValue ?? "")"
    }
    #expect(cells.count == 8)
    #expect(Set(cells.values.map(\.count)).count == 1)
    for prompt in prompts {
      let original = Int(candidates[Int(prompt.radiographID) - 1].ageYears ?? 0)
      let age = prompt.ageYears ?? -1
      #expect((18...90).contains(age))
      #expect(abs(age - min(max(original, 18), 90)) <= 7)
    }
  }

  @Test("Ages are drawn evenly over the whole interval")
  func evenAges() async throws {
    var plan = plan
    plan.ageJitterYears = 2
    plan.template = "{age}"
    let candidates = (0..<5000).map { number in
      var candidate = candidate(nil, age: 50)
      candidate.imageName = "\(number)"
      return candidate
    }
    let ages = try await prompts(plan, candidates).set.prompts.compactMap(\.ageYears)
    let counts = Dictionary(grouping: ages, by: \.self).mapValues(\.count)
    #expect(counts.keys.sorted() == [48, 49, 50, 51, 52])
    // Five standard deviations of a count of 1,000 around.
    #expect(counts.values.allSatisfy { abs($0 - 1000) < 142 })
  }

  @Test(
    "Drawn ages stay within 18 to 90, whoever the patient is; ages that are kept stay as they are",
    arguments: [(91.0, 5, 86...90), (95, 3, 90...90), (17, 2, 18...19), (5, 3, 18...18)])
  func ageLimits(_ age: Double, _ jitter: Int, _ expected: ClosedRange<Int>) async throws {
    var plan = plan
    plan.ageJitterYears = jitter
    plan.template = "{age}"
    let candidates = (0..<200).map { number in
      var candidate = candidate(nil, age: age)
      candidate.imageName = "\(number)"
      return candidate
    }
    let ages = try await prompts(plan, candidates).set.prompts.compactMap(\.ageYears)
    #expect(Set(ages) == Set(expected))
    plan.ageJitterYears = 0
    let kept = try await prompts(plan, candidates).set.prompts.compactMap(\.ageYears)
    #expect(Set(kept) == [Int(age)])
  }

  @Test("A radiograph that goes leaves the prompts of the others as they are", arguments: 1...4)
  func independence(_ seed: UInt64) async throws {
    var plan = plan
    plan.demographics = .everyone
    plan.ageJitterYears = 5
    plan.weights = [FindingWeight(.pneumothorax, copies: 1.5)]
    plan.seed = seed
    let candidates = MadeUpRadiographs.candidates(30, seed: seed)
    let all = try await prompts(plan, candidates).set.prompts
    let gone = Int(seed) * 5
    var fewer = candidates
    fewer.remove(at: gone)
    let rest = try await prompts(plan, fewer.reversed()).set.prompts
    let expected = all.filter { $0.radiographID != Int64(gone + 1) }
    #expect(Set(rest) == Set(expected) && rest.count == expected.count)
  }

  @Test("A shorter list of races gives some of the same prompts")
  func subset() async throws {
    var plan = plan
    plan.ageJitterYears = 5
    plan.demographics = .everyone
    let candidates = MadeUpRadiographs.candidates(30)
    // Shortening looks at the longest variation, so the texts must fit by themselves.
    plan.template = "{age} {race} {sex}"
    let all = Set(try await prompts(plan, candidates).set.prompts)
    plan.demographics = .balanced(sexes: [.male], races: [.white, .asian])
    let some = try await prompts(plan, candidates).set.prompts
    #expect(some.count == 60 && all.isSuperset(of: some))
  }

  @Test("The same on any number of threads, and another seed gives others")
  func threads() async throws {
    var plan = plan
    plan.demographics = .everyone
    plan.ageJitterYears = 5
    plan.cap = PromptCap(count: 20, attributes: [.sex, .race, .age, .finding])
    let candidates = MadeUpRadiographs.candidates(300)
    let one = try await prompts(plan, candidates, threads: 1)
    let four = try await prompts(plan, candidates, threads: 4)
    #expect(one.set.contentDigest == four.set.contentDigest)
    #expect(one.set.prompts == four.set.prompts && one.report == four.report)
    plan.seed = 2
    let other = try await prompts(plan, candidates)
    #expect(
      other.set.contentDigest != one.set.contentDigest && other.set.prompts != one.set.prompts)
  }

  @Test("Weights give the expected number of copies")
  func weights() async throws {
    var plan = plan
    plan.weights = [FindingWeight(.edema, copies: 2.25), FindingWeight(.pneumonia, copies: 0.25)]
    let candidates = (0..<4000).map { number in
      var candidate = candidate(
        "Clear.", findings: number < 2000 ? [.edema, .pneumonia] : [.pneumonia])
      candidate.imageName = "\(number)"
      candidate.radiographID = Int64(number)
      return candidate
    }
    let made = try await prompts(plan, candidates)
    let prompts = made.set.prompts
    let heavy = prompts.count { $0.radiographID < 2000 }
    // Five standard deviations of 2,000 coins of 1/4.
    #expect(abs(heavy - 4500) < 97)
    #expect(abs(prompts.count - heavy - 500) < 97)
    let notDrawn = made.report.flow.first { $0.name == "left out: not drawn, weight below 1" }
    #expect(notDrawn?.count == 2000 - (prompts.count - heavy))
    #expect(Set(prompts.map { [$0.radiographID, Int64($0.variation)] }).count == prompts.count)
  }
}
