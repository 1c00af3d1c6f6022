// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog

/// Counts prompts by what they ask for.
struct PromptTally {
  private var sexes = [Int](repeating: 0, count: PromptCells.sexNames.count)
  private var races = [Int](repeating: 0, count: PromptCells.raceNames.count)
  private var ages = [Int](repeating: 0, count: PromptCells.ageNames.count)
  private var findings = [Int](repeating: 0, count: PromptCells.findingNames.count)
  private var tokens: [Int] = []
  private var promptCount = 0
  private var radiographCount = 0
  private var shortenedCount = 0

  init(candidates: [PromptCandidate], prompts: [PromptSelection.Member]) {
    var last = -1
    var places: [Int] = []
    for prompt in prompts {
      if prompt.candidate != last {
        last = prompt.candidate
        radiographCount += 1
        places = PromptCells.findings(of: candidates[last])
      }
      let cells = PromptCells(prompt.record)
      promptCount += 1
      sexes[cells.sex] += 1
      races[cells.race] += 1
      ages[cells.age] += 1
      for place in places { findings[place] += 1 }
      if prompt.record.shortening != ShorteningNote.none.method { shortenedCount += 1 }
      guard let count = prompt.record.tokenCount else { continue }
      let bin = count / Self.binWidth
      while tokens.count <= bin { tokens.append(0) }
      tokens[bin] += 1
    }
  }

  private static let binWidth = 10

  func report(name: String, flow: [Provenance.FlowStep]) -> PromptReport {
    PromptReport(
      name: name, flow: flow, promptCount: promptCount, radiographCount: radiographCount,
      shortenedCount: shortenedCount, sexes: Self.counts(PromptCells.sexNames, sexes),
      races: Self.counts(PromptCells.raceNames, races),
      ages: Self.counts(PromptCells.ageNames, ages),
      findings: Self.counts(PromptCells.findingNames, findings),
      tokens: Self.counts(
        tokens.indices.map { "\($0 * Self.binWidth)-\(($0 + 1) * Self.binWidth - 1)" }, tokens))
  }

  /// The counts above zero, in their order.
  private static func counts(_ names: [String], _ counts: [Int]) -> [PromptReport.Count] {
    zip(names, counts).filter { $0.1 > 0 }.map { PromptReport.Count(name: $0.0, count: $0.1) }
  }
}
