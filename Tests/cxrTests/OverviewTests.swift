// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRTestSupport
import Foundation
import Testing

/// One report of two models on two test sets; the second is the first under another name.
@Suite("Reports of several test sets")
struct OverviewTests {
  private let study: SimulatedStudy
  private var program: Program { study.program }

  init() throws {
    study = try SimulatedStudy(patientCount: 120)
    for step in [
      ["ingest", "nih", "--root", "nih", "--dataset", "abroad"],
      ["predictions", "import", "nih/predictions-a.csv", "--dataset", "abroad", "--model", "a"],
      ["predictions", "import", "nih/predictions-b.csv", "--dataset", "abroad", "--model", "b"],
    ] {
      let outcome = try program.run(step)
      try #require(outcome.status == 0, "\(step): \(outcome.messages)")
    }
  }

  private func report(_ more: String...) throws -> Program.Outcome {
    try program.run(
      [
        "report", "--dataset", "nih", "--dataset", "abroad", "--model", "a", "--model", "b",
        "--bootstrap", "20", "--out", "both",
      ] + more)
  }

  @Test("Thresholds chosen on one dataset become those of another, without its part")
  func thresholds() throws {
    let chosen = try program.run(
      "thresholds", "select", "--model", "a", "--dataset", "nih", "--split", "half:train", "--for",
      "abroad")
    #expect(chosen.status == 0, "\(chosen.messages)")
    let catalog = try Catalog(path: study.folder.path("cxr.sqlite"), access: .read)
    let own = try catalog.thresholds(dataset: "nih", model: "a")
    let carried = try catalog.thresholds(dataset: "abroad", model: "a")
    #expect(own.map(\.value) == carried.map(\.value) && !own.isEmpty)
    #expect(own.allSatisfy { $0.split == "half" } && carried.allSatisfy { $0.split == nil })
    #expect(carried.allSatisfy { $0.source == "nih, selected on half:train" })
    let unknown = try program.run(
      "thresholds", "select", "--model", "b", "--dataset", "nih", "--split", "half:train", "--for",
      "elsewhere")
    #expect(unknown.status == 65 && unknown.messages.contains("elsewhere"))
    for other in [["--dataset", "nih", "--for", "nih"], ["--dataset", "nih", "--for", ""]] {
      let outcome = try program.run(
        ["thresholds", "select", "--model", "a", "--split", "half:train"] + other)
      #expect(outcome.status != 0)
    }
  }

  @Test("Every test set has its own part, and an attribute that one lacks is passed over")
  func writes() throws {
    let outcome = try report(
      "--split", "nih=half:test", "--group", "sex", "--group", "race", "--json")
    #expect(outcome.status == 0, "\(outcome.messages)")
    let sets = try #require(try outcome.json()["testSets"] as? [[String: Any]])
    #expect(sets.compactMap { $0["dataset"] as? String } == ["nih", "abroad"])
    let counts = sets.compactMap { ($0["runs"] as? [[String: Any]])?.first?["n"] as? Int }
    #expect(counts.count == 2 && counts[0] < counts[1])
    for path in ["index.html", "nih/index.html", "abroad/index.html", "tables/macro.csv"] {
      #expect(FileManager.default.fileExists(atPath: study.folder.path("both/\(path)")), "\(path)")
    }
    let page = try String(
      contentsOfFile: study.folder.path("both/nih/index.html"), encoding: .utf8)
    #expect(page.contains("No radiograph has a recorded race"))
    // The command that is printed for one set makes its report again.
    #expect(
      page.contains("--dataset nih --model a --model b") && page.contains("--split half:test"))
  }

  @Test("Mistakes name their remedy")
  func mistakes() throws {
    let stray = try report("--split", "chexpert=half:test")
    #expect(stray.status == 64 && stray.messages.contains("which no --dataset names"))
    let twice = try report("--split", "half:test", "--split", "half:train")
    #expect(twice.status == 64 && twice.messages.contains("one --split for all"))
    let double = try report("--dataset", "nih")
    #expect(double.status == 64 && double.messages.contains("named twice"))
    let form = try report("--split", "=half:test")
    #expect(form.status == 64 && form.messages.contains("NAME:PART"))
    let single = try program.run(
      "evaluate", "--dataset", "nih", "--dataset", "abroad", "--model", "a")
    #expect(single.status == 64 && single.messages.contains("cxr report takes several"))
  }
}
