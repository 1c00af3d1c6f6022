// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRTestSupport
import Foundation
import Testing

@testable import cxr

@Suite("Help")
struct HelpTests {
  /// Every command with the words that lead to it.
  static let commands: [(name: String, command: any ParsableCommand.Type)] = list(
    CXR.self, path: [])

  private static func list(
    _ command: any ParsableCommand.Type, path: [String]
  ) -> [(String, any ParsableCommand.Type)] {
    let configuration = command.configuration
    let words = path + [configuration.commandName ?? ""]
    return [(words.joined(separator: " "), command)]
      + configuration.subcommands.flatMap { list($0, path: words) }
  }

  @Test(
    "Help and the version go to standard output, with success",
    arguments: [["--help"], ["help", "audit"], ["evaluate", "-h"], ["--version"]])
  func success(_ arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let outcome = try Program(folder: folder.url).run(arguments)
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.contains(arguments == ["--version"] ? "." : "Example:"))
    #expect(!outcome.output.contains("Error"))
  }

  @Test("Help is plain ASCII: the generator of man pages leaves other characters out")
  func ascii() {
    for (name, command) in Self.commands {
      let help = CXR.helpMessage(for: command, columns: 80)
      let others = help.filter { !$0.isASCII }
      #expect(others.isEmpty, "\(name): \(others)")
    }
  }

  @Test("A command stands in one list only, and each shell completes every verb")
  func completions() {
    let top = CXR.configuration.groupedSubcommands.flatMap { $0.subcommands }
      .compactMap { $0.configuration.commandName }
    #expect(Set(top).count == top.count, "\(top)")
    for shell in [CompletionShell.bash, .zsh, .fish] {
      let script = CXR.completionScript(for: shell)
      for (name, _) in Self.commands {
        let verb = name.split(separator: " ").last ?? ""
        #expect(script.contains(verb), "\(shell.rawValue): \(name)")
      }
    }
  }

  @Test("Every command says what it does and ends with an example that parses")
  func examples() throws {
    #expect(Self.commands.count > 15)
    for (name, command) in Self.commands {
      let configuration = command.configuration
      #expect(!configuration.abstract.isEmpty, "\(name)")
      let parts = configuration.discussion.components(separatedBy: "Example:\n")
      #expect(parts.count == 2, "\(name) has one example at the end")
      let example = (parts.last ?? "").replacing("\\\n", with: " ")
      for line in example.split(separator: "\n") {
        let words = line.split(separator: " ").map { String($0).replacing("'", with: "") }
        #expect(words.first == "cxr", "\(name)")
        #expect(throws: Never.self, "\(line)") {
          try CXR.parseAsRoot(Array(words.dropFirst()))
        }
      }
    }
  }
}
