// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore
import CXRText
import Testing

@Suite("Prompts that cannot be made")
struct PromptMisuseTests {
  private func plan(_ change: (inout PromptPlan) -> Void) -> PromptPlan {
    var plan = PromptPlan(name: "p", source: RadiographSource(dataset: "made-up"))
    change(&plan)
    return plan
  }

  @Test("A plan that cannot be followed is refused before anything is read")
  func plans() {
    let plans = [
      plan { $0.name = "" }, plan { $0.ageJitterYears = -1 }, plan { $0.maximumTokens = 2 },
      plan { $0.weights = [FindingWeight(.edema, copies: .nan)] },
      plan { $0.weights = [FindingWeight(.edema, copies: -1)] },
      plan { $0.weights = [FindingWeight(.edema, copies: 1), FindingWeight(.edema, copies: 2)] },
      plan { $0.cap = PromptCap(count: 0, attributes: [.sex]) },
      plan { $0.cap = PromptCap(count: 1, attributes: []) },
      plan { $0.demographics = .balanced(sexes: [], races: [.white]) },
      plan { $0.demographics = .balanced(sexes: [.male, .male], races: [.white]) },
      plan { $0.shortening = .rewritten(model: "m", instructionDigest: "", version: "v") },
    ]
    for plan in plans {
      let error = #expect(throws: PromptError.self) {
        try PromptBuilder(plan: plan, tokenizer: nil)
      }
      #expect(error?.code == .invalidPlan)
    }
    #expect(throws: TextError.self) {
      try PromptBuilder(plan: plan { $0.template = "{agee}" }, tokenizer: nil)
    }
  }

  @Test("Without any prompt the reasons are counted")
  func empty() async throws {
    var candidates = MadeUpRadiographs.candidates(3)
    for index in candidates.indices { candidates[index].race = nil }
    let builder = try PromptBuilder(plan: plan { _ in }, tokenizer: nil)
    let error = await #expect(throws: PromptError.self) {
      try await builder.prompts(from: candidates, threads: 1)
    }
    #expect(error?.code == .empty && error?.message.contains("no race: 3") == true)
  }

  @Test("A prompt that is too long is left out when nothing may or can be shortened")
  func tooLong() async throws {
    let tokenizer = try LetterTokenizer.make()
    let plans = [
      plan { $0.shortening = .leaveOut },
      plan { $0.template = "\(String(repeating: "x", count: 80)) {sex} {impression}" },
      plan { $0.template = "\(String(repeating: "x", count: 80)) {sex}" },
    ]
    var candidates = MadeUpRadiographs.candidates(2)
    candidates[0].sections = [String(repeating: "opacity ", count: 30)]
    candidates[1].sections = ["Clear."]
    let flow = try await PromptBuilder(plan: plans[0], tokenizer: tokenizer)
      .prompts(from: candidates, threads: 1).report.flow
    #expect(flow.contains { $0.name == "left out: longer than 77 tokens" && $0.count == 1 })
    for plan in plans.dropFirst() {
      let error = await #expect(throws: PromptError.self) {
        try await PromptBuilder(plan: plan, tokenizer: tokenizer)
          .prompts(from: candidates, threads: 1)
      }
      #expect(error?.message.contains("longer than 77 tokens") == true)
    }
  }

  @Test(
    "Without a tokenizer only what has too many characters is shortened, and nothing is counted")
  func noTokenizer() async throws {
    var candidates = MadeUpRadiographs.candidates(2)
    candidates[0].sections = [String(repeating: "Small effusion. ", count: 10)]
    candidates[1].sections = [String(repeating: "Small effusion. ", count: 20)]
    let prompts = try await PromptBuilder(plan: plan { _ in }, tokenizer: nil)
      .prompts(from: candidates, threads: 1).set.prompts
    #expect(prompts.map { $0.shortening == "none" } == [true, false])
    #expect(prompts[1].impression.count <= 200)
    #expect(prompts.allSatisfy { $0.tokenCount == nil })
  }

  @Test("A rewritten impression is kept when it fits and shortened when it does not")
  func rewritten() async throws {
    let tokenizer = try LetterTokenizer.make()
    let plan = plan {
      $0.shortening = .rewritten(model: "m", instructionDigest: "", version: "extractive/1")
    }
    var candidates = Array(MadeUpRadiographs.candidates(3).prefix(3))
    let long = String(repeating: "Small effusion. ", count: 10)
    candidates[0].sections = [long]
    candidates[1].sections = ["Clear."]
    candidates[2].sections = ["Other. " + long]
    let prompts = try await PromptBuilder(plan: plan, tokenizer: tokenizer) { texts in
      texts.map { $0.hasPrefix("Other") ? long + " Edema." : "Small\n effusion." }
    }.prompts(from: candidates, threads: 2).set.prompts
    #expect(prompts[0].impression == "Small effusion." && prompts[0].shortening == "rewritten m")
    #expect(prompts[0].removedText == "rewritten: \(long)")
    #expect(prompts[1].shortening == "none")
    #expect(prompts[2].shortening.hasPrefix("rewritten m, \(ExtractiveShortener.version)"))
    #expect(prompts.allSatisfy { ($0.tokenCount ?? 99) <= 77 })
  }
}
