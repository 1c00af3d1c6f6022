// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRTestSupport
import Foundation
import Testing

@testable import cxr

@Suite("What the terminal shows")
struct TerminalTests {
  @Test("Lines are broken at blanks, words are not, and beginnings stay")
  func wrapping() {
    let words = Array(repeating: "word", count: 40).joined(separator: " ")
    let text = TextLines.wrapped("  title     " + words, indent: 12)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 4 && lines.allSatisfy { $0.count <= 80 })
    #expect(lines[0].hasPrefix("  title     word") && lines[1].hasPrefix("            word"))
    #expect(text.split { $0 == " " || $0 == "\n" }.count == 41)
    let long = String(repeating: "x", count: 90)
    #expect(TextLines.wrapped("  \(long)", indent: 4) == "  \(long)")
    #expect(TextLines.wrapped("a \(long)", indent: 4) == "a\n    \(long)")
    #expect(TextLines.wrapped("short", indent: 4) == "short")
    #expect(
      TextLines.wrappedLines(of: "short\n\n   a \(long)", indent: 2)
        == "short\n\n   a\n     \(long)")
  }

  @Test("Help fits 80 columns, and no paragraph is broken by hand and again by the parser")
  func help() {
    for (name, command) in HelpTests.commands {
      let help = CXR.helpMessage(for: command, columns: 80)
      // The parser never breaks the line of the usage.
      for line in help.split(separator: "\n") where !line.hasPrefix("USAGE:") {
        #expect(line.count <= 80, "\(name): \(line)")
      }
      let source = command.configuration.discussion
        .split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in source.enumerated() where line.count >= 80 {
        let neighbours = [index - 1, index + 1].filter(source.indices.contains).map { source[$0] }
        #expect(!line.hasPrefix(" ") && neighbours.allSatisfy(\.isEmpty), "\(name): \(line)")
      }
    }
  }

  @Test("Lists fit 80 columns, group thousands, and leave most native labels to JSON")
  func lists() throws {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.url)
    let rootByDataset = ["padchest": "padchest", "mimic-cxr": "mimic-cxr"]
    for (name, root) in rootByDataset.sorted(by: { $0.key < $1.key }) {
      try program.run("phantom", "--only", name, "--out", ".", "--patients", "700", "--seed", "3")
      let ingest = try program.run("ingest", name, "--root", root)
      try #require(ingest.status == 0, "\(ingest.messages)")
      for line in ingest.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }
    let long = "a-cohort-with-a-name-that-takes-a-good-part-of-the-line"
    try program.run(
      "cohort", "create", long, "--dataset", "padchest", "--dataset", "mimic-cxr", "--view", "pa")
    let split = try program.run(
      "split", "create", "--dataset", "padchest", "--name", "even", "--method", "stratified",
      "--part", "train=0.7", "--part", "val=0.1", "--part", "test=0.2", "--cohort", long)
    #expect(split.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(split.output)")
    for verb in [
      ["catalog", "info"], ["split", "list"], ["cohort", "list"], ["dataset", "list"],
    ] {
      let output = try program.run(verb).output
      #expect(!output.isEmpty)
      for line in output.split(separator: "\n") { #expect(line.count <= 80, "\(verb): \(line)") }
    }
    let info = try program.run("catalog", "info").output
    #expect(info.contains(#/races     .*[A-Z]/#) && info.contains(#/\d,\d\d\d radiographs/#))
    #expect(info.contains(#/and \d+ others; --json lists all/#))
    let json = try program.run("catalog", "info", "--json").json()
    let datasets = try #require(json["datasets"] as? [[String: Any]])
    let padchest = try #require(datasets.first { $0["name"] as? String == "padchest" })
    #expect((padchest["nativeLabels"] as? [Any])?.count ?? 0 > 20)
    #expect((padchest["races"] as? [Any])?.count ?? 0 > 0)
  }
}
