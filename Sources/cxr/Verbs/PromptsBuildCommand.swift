// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCohort
import CXRCore
import CXRText
import Foundation

/// The command `cxr prompts build`.
struct PromptsBuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Make prompts from the radiographs of a cohort, a dataset or a part of a split.",
    discussion: """
      Fields of a template: {age} {sex} {SEX} {race} {RACE} {Race} {impression} {findings} {view} \
      {labels} {dataset}. A radiograph that lacks what the template needs is left out and counted.

      With --balanced every radiograph gets a prompt for each sex and race. Ages are drawn from \
      --age-jitter years around the patient's, within 18 to 90 years, or are the nearer of the two \
      where that is impossible. --weight repeats radiographs with a finding: 2 doubles them, 0.5 \
      keeps half of them. --cap limits the prompts of each cell of --cap-by.

      An impression is shortened when its prompt has more than --max-tokens, to at most \
      --max-characters; all prompts of a radiograph repeat the same text. Without --tokenizer \
      tokens are not counted, and impressions above --max-characters are shortened.

      --shorten endpoint sends impressions that are too long to the server of --endpoint, which \
      must be allowed to see them; what it answers is shortened by the rules if it still is too \
      long.

      Example:
        cxr prompts build --name balanced --cohort train --balanced --age-jitter 5 \\
          --weight Pneumothorax=2 --cap 5000 --cap-by sex,race,age,finding \\
          --tokenizer stable-diffusion-2-1/tokenizer
      """)

  /// What is done with impressions that are too long.
  enum Shortening: String, CaseIterable, ExpressibleByArgument {
    case extractive
    case endpoint
    case none
  }

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var radiographs: SourceOptions

  @Option(help: "The name to give to the prompts.")
  var name: String

  @Option(help: "The text of a prompt, with fields in braces.")
  var template = PromptTemplate.study.description

  @Option(help: "Which part of the report {impression} stands for.")
  var section: PromptSection = .impression

  @Flag(name: .customLong("balanced"), help: "A prompt for each of --sexes with each of --races.")
  var isBalanced = false

  @Option(help: "The sexes of balanced prompts, with commas.")
  var sexes: CommaList<Sex> = CommaList(Sex.allCases)

  @Option(help: "The race groups of balanced prompts, with commas.")
  var races: CommaList<Race> = CommaList(Race.allCases)

  @Option(help: "How far an age may lie from the patient's, in years.")
  var ageJitter = 0

  @Option(
    name: .customLong("weight"),
    help: "Expected copies of radiographs with a finding, as FINDING=NUMBER; repeatable.",
    transform: Assignment.reading("FINDING=NUMBER, such as Pneumothorax=2"))
  var weights: [Assignment] = []

  @Option(help: "The most prompts of a cell (default: no limit).")
  var cap: Int?

  @Option(name: .customLong("cap-by"), help: "What cells are made of: sex, race, age, finding.")
  var capAttributes: CommaList<PromptCap.Attribute> = CommaList(PromptCap.Attribute.allCases)

  @Option(
    help: """
      extractive drops sentences by stated rules, endpoint asks a language model, none leaves such \
      radiographs out.
      """)
  var shorten: Shortening = .extractive

  @OptionGroup var endpoint: EndpointOptions

  @Option(
    help: "The folder of a CLIP tokenizer's vocabulary, or of a model that has one.")
  var tokenizer: String?

  @Option(name: .customLong("max-tokens"), help: "The most tokens of a prompt.")
  var maximumTokens = 77

  @Option(name: .customLong("max-characters"), help: "The most characters of what is shortened.")
  var maximumCharacters = 200

  @Option(help: "The seed of every draw.")
  var seed: UInt64 = 1

  @Option(help: "The number of threads; it changes the time, never the result.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Flag(name: .customLong("replace"), help: "Replace other prompts of the same name.")
  var isReplacing = false

  @Flag(name: .customLong("dry-run"), help: "Make and count prompts; write nothing.")
  var isDryRun = false

  mutating func validate() throws {
    guard threads > 0 else { throw ValidationError("--threads takes a number from 1.") }
    _ = try findingWeights()
    guard (shorten == .endpoint) == endpoint.isNamed else {
      throw ValidationError(
        "--shorten endpoint, --endpoint URL and --endpoint-model NAME go together; give all three.")
    }
  }

  func run() async throws {
    let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
    let tokenizer = try tokenizer.map { try PromptTokenizer(folder: $0) }
    let plan = try plan(source: try radiographs.source(in: catalog), tokenizer: tokenizer)
    let builder = try PromptBuilder(
      plan: plan, tokenizer: tokenizer?.clip, rewrite: try endpoint.rewriter())
    var provenance = Provenance.ofThisCommand("prompts build")
    let candidates = try catalog.promptCandidates(from: plan.source, sections: builder.sections)
    let progress = ProgressLine("Making prompts", total: candidates.count)
    let prompts = try await builder.prompts(from: candidates, threads: threads) {
      progress.update($0)
    }
    progress.finish()
    var report = prompts.report
    if !isDryRun {
      provenance.recordsRead = candidates.count
      provenance.recordsKept = report.radiographCount
      provenance.flow = report.flow
      provenance.optionsJSON = prompts.set.optionsJSON
      Console.progress("Writing \(report.promptCount) prompts to the catalog")
      report.outcome = try catalog.addPromptSet(
        prompts.set, onConflict: isReplacing ? .replace : .refuse, provenance: provenance)
      Console.progress("")
    }
    if tokenizer == nil {
      Console.note("Tokens were not counted; name a vocabulary with --tokenizer for that.")
    }
    try output.write(report) { _ in PromptText.report(report) }
  }

  private func plan(
    source: RadiographSource, tokenizer: PromptTokenizer?
  ) throws -> PromptPlan {
    var plan = PromptPlan(name: name, source: source)
    plan.template = template
    plan.section = section
    if isBalanced {
      plan.demographics = .balanced(sexes: sexes.elements, races: races.elements)
    }
    plan.ageJitterYears = ageJitter
    plan.weights = try findingWeights()
    plan.cap = cap.map { PromptCap(count: $0, attributes: capAttributes.elements) }
    switch shorten {
    case .extractive: break
    case .none: plan.shortening = .leaveOut
    case .endpoint: plan.shortening = endpoint.shortening
    }
    plan.maximumTokens = maximumTokens
    plan.maximumCharacters = maximumCharacters
    plan.tokenizerDigest = tokenizer?.digest
    plan.seed = seed
    return plan
  }

  private func findingWeights() throws -> [FindingWeight] {
    try weights.map { weight in
      guard let finding = Finding(name: weight.name) else {
        let nearest = Finding.nearest(to: weight.name)
        throw ValidationError(
          "There is no finding \(weight.name)"
            + (nearest.map { "; did you mean \($0.name)?" } ?? "."))
      }
      guard let copies = Double(weight.value) else {
        throw ValidationError("--weight \(weight.name)= takes a number, such as 2 or 0.5.")
      }
      return FindingWeight(finding, copies: copies)
    }
  }
}
