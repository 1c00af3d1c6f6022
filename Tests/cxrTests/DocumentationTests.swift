// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRTestSupport
import Foundation
import Testing

@testable import cxr

@Suite("The documentation")
struct DocumentationTests {
  static let readme = DocumentedCommands(path: "README.md")
  static let study = DocumentedCommands(
    path: "Sources/CXRStudy/CXRStudy.docc/WritingAStudy.md")

  /// A folder with the manifest of 'Writing a study', all pieces of it.
  private static func folderWithManifest() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(study.blocks("yaml").joined(separator: "\n"), to: "study.yaml")
    return folder
  }

  @Test("Every command line of the README and of the articles parses")
  func commandsParse() throws {
    var count = 0
    for page in DocumentedCommands.pages {
      for words in try page.commandLines(of: "cxr") where words.first != "help" {
        count += 1
        #expect(throws: Never.self, "\(page.path): cxr \(words.joined(separator: " "))") {
          try CXR.parseAsRoot(words)
        }
      }
    }
    // The words are found, or nothing would be tested.
    #expect(count > 40)
  }

  @Test("Every target of make that the README names exists")
  func targetsExist() throws {
    let makefile = try String(
      contentsOf: DocumentedCommands.root.appending(path: "Makefile"), encoding: .utf8)
    let inline = try Self.readme.text().components(separatedBy: "`make ").dropFirst()
      .map { String($0.prefix { $0 != "`" && $0 != " " }) }
    let targets = try Self.readme.commandLines(of: "make").compactMap(\.first) + inline
    #expect(targets.count > 4)
    for target in targets {
      #expect(makefile.contains("\n\(target):"), "make \(target)")
    }
  }

  @Test("Every file that the README links to exists")
  func linksLead() throws {
    let links = try Self.readme.text().components(separatedBy: "](").dropFirst()
      .map { String($0.prefix { $0 != ")" }) }.filter { !$0.hasPrefix("http") }
    #expect(links.count > 8)
    for link in links {
      let path = DocumentedCommands.root.appending(path: link).path
      #expect(FileManager.default.fileExists(atPath: path), "\(link)")
    }
  }

  @Test("The README names every verb")
  func readmeNamesVerbs() throws {
    let text = try Self.readme.text()
    let verbs = Set(
      HelpTests.commands.compactMap { $0.name.split(separator: " ").dropFirst().first })
    #expect(verbs.count > 15)
    for verb in verbs {
      #expect(text.contains("`\(verb)`") || text.contains("cxr \(verb)"), "\(verb)")
    }
  }

  @Test("The pieces of a manifest in 'Writing a study' are one manifest in order")
  func manifestIsInOrder() throws {
    let folder = try Self.folderWithManifest()
    let check = try Program(folder: folder.url).run("study", "check", "study.yaml")
    #expect(check.status == 0, "\(check.messages)")
  }

  @Test("'Writing a study' explains every section that a manifest may have")
  func sectionsAreExplained() throws {
    let folder = try TemporaryFolder()
    // A key that resembles none: the message tells those that there are.
    let file = try folder.write("schema: 1\nname: x\n\"0123456789\": x\n", to: "study.yaml")
    let check = try Program(folder: folder.url).run("study", "check", file)
    let known = try #require(
      check.messages.split(separator: "\n").compactMap { line in
        line.range(of: "known are ").map { String(line[$0.upperBound...]) }
      }.first, "\(check.messages)")
    let sections = known.components(separatedBy: ", ")
    #expect(sections.count > 15)
    let text = try Self.study.text()
    for section in sections {
      #expect(text.contains("\n\(section):") || text.contains("`\(section)"), "\(section)")
    }
  }

  @Test("Every stage that 'Writing a study' names in a command line is one of its manifest")
  func stagesExist() throws {
    let folder = try Self.folderWithManifest()
    let lines = try Self.study.commandLines(of: "cxr")
      .filter { $0.contains("--only") || $0.contains("--until") }
    #expect(lines.count > 2)
    for words in lines {
      let wanted = words.filter { $0 != "--dry-run" } + ["--dry-run"]
      let outcome = try Program(folder: folder.url).run(wanted)
      #expect(outcome.status == 0, "\(words.joined(separator: " ")): \(outcome.messages)")
    }
  }
}
