// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRGeneration
import CXRStatistics
import CXRTestSupport
import Foundation
import Testing

@testable import CXRReport

@Suite("Checkpoint reports")
struct CheckpointReportTests {
  @Test("Says which checkpoint is chosen and why, and what is undefined and why")
  func text() throws {
    let text = CheckpointReport(try ScoredCheckpoints.comparison()).text()
    for words in [
      "s10 (chosen)", "Two runs have the same model.", "no image is labelled positive",
      "Inception v3, resized as clean-fid", "smallest sum of ranks", "Did not count",
    ] {
      #expect(
        text.replacing("\n", with: " ").replacing("  ", with: " ").contains(words), "\(words)")
    }
    // The second is beaten by the first in all measures and has no ranks.
    let rows = text.split(separator: "\n")
    #expect(rows.contains { $0.hasPrefix("s7") && $0.hasSuffix("s5") }, "\(text)")
  }

  @Test("Writes Markdown, numbers in full, and figures")
  func files() async throws {
    let folder = try TemporaryFolder()
    let report = CheckpointReport(try ScoredCheckpoints.comparison())
    let result = try await report.write(to: folder.url.appending(path: "score"))
    let names = Set(result.files.map(\.lastPathComponent))
    #expect(
      names.isSuperset(of: ["score.md", "score.json", "scores.csv", "choice.csv", "nearest.csv"]))
    func read(_ name: String) throws -> String {
      try String(contentsOfFile: folder.path("score/\(name)"), encoding: .utf8)
    }
    let markdown = try read("score.md")
    #expect(markdown.contains("**s10** is chosen."))
    #expect(markdown.contains("0.800 [0.700, 0.900]"), "\(markdown)")
    #expect(markdown.contains("the real \\| images"))
    let scores = try read("scores.csv")
    #expect(scores.contains("s5,40,FID,similarity,smaller,60.0,,,\n"), "\(scores)")
    #expect(scores.contains("no image is labelled positive"))
    #expect(try read("choice.csv").contains("s7,mean AUROC,,,s5,false"))
    if result.note == nil {
      #expect(names.isSuperset(of: ["scores.svg", "nearest.svg"]))
      #expect(try read("scores.svg").contains("mean AUROC ↑"))
      // A measure that no checkpoint has gets no panel.
      #expect(!(try read("scores.svg").contains("AUROC Edema")))
    }
    let again = try await CheckpointReport(
      JSONDecoder().decode(
        CheckpointComparison.self, from: Data(read("score.json").utf8))
    ).write(to: folder.url.appending(path: "again"))
    #expect(again.files.count == result.files.count)
    #expect(
      try String(contentsOfFile: folder.path("again/score.md"), encoding: .utf8) == markdown)
  }

  @Test("Without gnuplot there are no figures, and the Markdown says so")
  func withoutGnuplot() async throws {
    let folder = try TemporaryFolder()
    let result = try await CheckpointReport(
      ScoredCheckpoints.comparison(), gnuplot: "no-such-gnuplot"
    )
    .write(to: folder.url)
    #expect(result.note?.contains("no-such-gnuplot") == true)
    let markdown = try String(contentsOfFile: folder.path("score.md"), encoding: .utf8)
    #expect(markdown.contains("no figures") && !markdown.contains("![Scores"))
  }
}
