// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Testing

@testable import cxr

/// `Documentation/Verbs.md`, whose tables have a verb, a sentence and an example in each row.
@Suite("The page of verbs")
struct VerbsPageTests {
  /// A row of one of the page's tables.
  struct Row {
    /// The words that lead to the verb.
    let verb: String
    /// What the verb does.
    let sentence: String
    /// A command line.
    let example: String
  }

  let rows: [Row]

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appending(path: "Documentation/Verbs.md"), encoding: .utf8)
    let marks = CharacterSet(charactersIn: " `")
    rows = try page.split(separator: "\n").filter { $0.hasPrefix("| `cxr ") }.map { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: marks) }
      try #require(cells.count == 3, "\(line)")
      return Row(verb: cells[0], sentence: cells[1], example: cells[2])
    }
  }

  @Test("It has every verb once, and no other")
  func hasEveryVerb() {
    let verbs = HelpTests.commands.filter { $0.command.configuration.subcommands.isEmpty }
      .map(\.name)
    #expect(verbs.count > 15)
    let named = rows.map(\.verb)
    #expect(Set(verbs).subtracting(named) == [], "verbs that the page lacks")
    #expect(Set(named).subtracting(verbs) == [], "verbs that do not exist")
    #expect(Set(named).count == named.count, "a verb stands on the page twice")
  }

  @Test("Every verb has a sentence and an example that parses")
  func examplesParse() {
    for row in rows {
      #expect(!row.sentence.isEmpty, "\(row.verb)")
      #expect((row.example + " ").hasPrefix(row.verb + " "), "\(row.example)")
      let words = row.example.split(separator: " ").map { String($0).replacing("'", with: "") }
      #expect(throws: Never.self, "\(row.example)") {
        try CXR.parseAsRoot(Array(words.dropFirst()))
      }
    }
  }
}
