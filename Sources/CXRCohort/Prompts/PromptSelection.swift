// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore

/// The prompts that stay under the cap of a plan, and the counts of those that do not.
struct PromptSelection: Sendable {
  /// A prompt and the position of its radiograph.
  struct Member: Sendable {
    let candidate: Int
    let record: PromptRecord
  }

  let candidates: [PromptCandidate]
  /// The prompts that stay, in the order of the radiographs.
  let prompts: [Member]
  /// The prompts in counts.
  let report: PromptReport
  private let leftOut: [(words: String, count: Int)]

  init(plan: PromptPlan, candidates: [PromptCandidate], outcomes: [PromptOutcome]) {
    self.candidates = candidates
    var members: [Member] = []
    var counts: [String: Int] = [:]
    for (index, outcome) in outcomes.enumerated() {
      switch outcome {
      case .prompts(let records):
        members += records.map { Member(candidate: index, record: $0) }
      case .leftOut(let words): counts[words, default: 0] += 1
      }
    }
    leftOut = counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    let usedCount = candidates.count - leftOut.reduce(0) { $0 + $1.count }
    prompts = plan.cap.map { Self.capped(members, by: $0, plan: plan, candidates) } ?? members
    var flow = [Provenance.FlowStep("radiographs selected", candidates.count)]
    flow += leftOut.map { Provenance.FlowStep("left out: \($0.words)", $0.count) }
    flow.append(Provenance.FlowStep("radiographs used", usedCount))
    if plan.cap != nil {
      flow.append(Provenance.FlowStep("prompts before the cap", members.count))
      flow.append(
        Provenance.FlowStep("prompts left out: cell is full", members.count - prompts.count))
    }
    flow.append(Provenance.FlowStep("prompts", prompts.count))
    report = PromptTally(candidates: candidates, prompts: prompts).report(
      name: plan.name, flow: flow)
  }

  /// Why radiographs were left out, to end a sentence with.
  var reasons: String {
    leftOut.isEmpty
      ? "" : " (\(leftOut.map { "\($0.words): \($0.count)" }.joined(separator: ", ")))"
  }

  /// Keeps what fits into the cells, in an order that the seed decides.
  private static func capped(
    _ members: [Member], by cap: PromptCap, plan: PromptPlan, _ candidates: [PromptCandidate]
  ) -> [Member] {
    let cellCount = PromptWriter.cellCount(of: plan.demographics)
    var groups: [(turn: UInt64, range: Range<Int>)] = []
    var start = 0
    while start < members.count {
      let copy = members[start].record.variation / cellCount
      var end = start + 1
      while end < members.count, members[end].candidate == members[start].candidate,
        members[end].record.variation / cellCount == copy
      {
        end += 1
      }
      let draws = PromptDraws(seed: plan.seed, candidate: candidates[members[start].candidate])
      groups.append((draws.turn(copy: copy), start..<end))
      start = end
    }
    groups.sort { ($0.turn, $0.range.lowerBound) < ($1.turn, $1.range.lowerBound) }
    var filled: [Int: Int] = [:]
    var isKept = [Bool](repeating: false, count: members.count)
    for group in groups {
      let findings = PromptCells.findings(of: candidates[members[group.range.lowerBound].candidate])
      for index in group.range {
        let cells = PromptCells(members[index].record)
          .cells(by: cap.attributes, findings: findings)
        guard cells.allSatisfy({ filled[$0, default: 0] < cap.count }) else { continue }
        for cell in cells { filled[cell, default: 0] += 1 }
        isKept[index] = true
      }
    }
    return members.indices.filter { isKept[$0] }.map { members[$0] }
  }
}
