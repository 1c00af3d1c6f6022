// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRGeneration
import CXRTestSupport
import Foundation
import Testing

@testable import CXRReport

@Suite("Generation yield reports")
struct GenerationYieldReportTests {
  private let yield: GenerationYield

  /// A run of three images: accepted at the second attempt, untested and accepted, and discarded.
  init() throws {
    let provenance = Provenance(
      verb: "test", commandLine: "cxr test", startedAt: "2026-01-01T00:00:00Z")
    let catalog = try Catalog.inMemory()
    var radiograph = RadiographRecord(
      imageName: "a.png", patientIndex: 0, view: .pa,
      findings: FindingStates(allAre: .unannotated))
    radiograph.ageYears = 50
    _ = try catalog.replaceDataset(
      DatasetContent(
        name: "real", title: "Real", labelSource: "l", ageSource: "a", contentDigest: "1",
        nativeLabels: [],
        patients: [PatientRecord(patientKey: "p", sex: .male, race: .white)],
        radiographs: [radiograph]), provenance: provenance)
    let id = try catalog.radiographIDs(dataset: "real")["a.png"] ?? 0
    let races: [Race] = [.asian, .hispanic, .white]
    _ = try catalog.addPromptSet(
      PromptSetContent(
        name: "p", template: "t", optionsJSON: "{}", contentDigest: "d",
        prompts: races.enumerated().map { number, race in
          PromptRecord(
            radiographID: id, variation: number, sex: .male, race: race, ageYears: 50,
            impression: "", text: "t", tokenCount: nil, shortening: "none", removedText: "")
        }), provenance: provenance)
    _ = try catalog.addGenerationRun(
      GenerationRunContent(
        name: "run", folder: "f", promptSet: "p", promptSetDigest: "d", configurationJSON: "{}",
        attemptLimit: 2), copies: [1, 1, 1], provenance: provenance)
    func attempt(
      _ prompt: Int, _ number: Int, _ outcome: GenerationAttempt.Outcome,
      _ verdict: GenerationVerdict.Verdict?
    ) -> GenerationAttempt {
      let isKept = outcome == .accepted
      return GenerationAttempt(
        prompt: prompt, copy: 0, attempt: number, seed: 1, outcome: outcome,
        failure: outcome == .unusable ? "black" : nil, relativePath: isKept ? "i.png" : nil,
        fileSHA256: isKept ? String(repeating: "0", count: 64) : nil,
        verdicts: verdict.map {
          [
            GenerationVerdict(
              predicate: "race", $0, reason: $0 == .untested ? "the model knows no class" : nil)
          ]
        } ?? [])
    }
    try catalog.recordGenerationAttempts(
      [
        attempt(0, 1, .rejected, .failed), attempt(0, 2, .accepted, .passed),
        attempt(1, 1, .accepted, .untested), attempt(2, 1, .unusable, nil),
        attempt(2, 2, .rejected, .failed),
      ], of: "run", claim: GenerationClaim(owner: "o", now: 0, lease: 1))
    yield = try GenerationYield(of: "run", in: catalog)
  }

  /// The numbers of the line that begins with a name.
  private func numbers(_ name: String) -> [String] {
    let text = GenerationYieldReport(yield).text(width: 200)
    let line = text.split(separator: "\n").first { $0.hasPrefix(name + " ") } ?? ""
    return line.dropFirst(name.count).split(separator: " ").map(String.init)
  }

  @Test("Yield, checks and balance stand in the tables, untested apart from passed")
  func tables() {
    #expect(numbers("M, Asian, 40-60") == ["1", "0", "1", "0", "0", "100.0%"])
    #expect(numbers("M, Hispanic, 40-60") == ["1", "1", "0", "0", "1", "100.0%"])
    #expect(numbers("M, White, 40-60") == ["1", "0", "0", "1", "0", "0.0%"])
    #expect(numbers("All") == ["3", "1", "1", "1", "1", "66.7%"])
    #expect(numbers("race") == ["1", "2", "1", "66.7%"])
    #expect(numbers("image black") == ["1"])
    #expect(numbers("Largest to smallest").prefix(2) == ["n/a¹", "1.000"])
    let text = GenerationYieldReport(yield).text()
    #expect(text.contains("race: 1 of 4 attempts untested"))
    #expect(text.contains("1 of 3 cells are empty") && text.contains("2 of 3 cells are empty"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("Markdown, JSON and CSV are written beside one another")
  func files() throws {
    let folder = try TemporaryFolder()
    let files = try GenerationYieldReport(yield).write(to: folder.url)
    #expect(
      files.map(\.lastPathComponent).sorted()
        == ["balance.csv", "checks.csv", "yield.csv", "yield.json", "yield.md"])
    let csv = try String(contentsOfFile: folder.path("yield.csv"), encoding: .utf8)
    #expect(csv.split(separator: "\n")[1] == "M,Asian,40-60,1,0,1,1,0,0,0,2")
    let checks = try String(contentsOfFile: folder.path("checks.csv"), encoding: .utf8)
    #expect(checks.split(separator: "\n").contains("race,M,Hispanic,40-60,0,0,1"))
    let decoded = try JSONDecoder().decode(
      GenerationYield.self, from: Data(contentsOf: URL(filePath: folder.path("yield.json"))))
    #expect(decoded == yield)
    #expect(GenerationYieldReport(yield).markdown().contains("| M, Asian, 40-60 |"))
  }
}
