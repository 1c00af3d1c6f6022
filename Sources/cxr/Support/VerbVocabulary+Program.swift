// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRFiles
import CXRStudy
import Foundation

extension VerbVocabulary {
  /// The verbs of this program, as the argument parser describes them.
  ///
  /// - Throws: `FileError` with code `.malformed` when the description cannot be read.
  static func ofThisProgram() throws -> VerbVocabulary {
    let description: Description
    do {
      description = try JSONDecoder().decode(
        Description.self, from: Data(CXR._dumpHelp().utf8))
    } catch {
      throw FileError(.malformed, "The description of the verbs cannot be read.", cause: error)
    }
    var options: [String: [Option]] = [:]
    for command in description.command.subcommands ?? [] {
      command.collect(after: [], into: &options)
    }
    return VerbVocabulary(options)
  }

  /// What the argument parser says of a program.
  private struct Description: Decodable {
    let command: Command
  }

  private struct Command: Decodable {
    let commandName: String
    let subcommands: [Command]?
    let arguments: [Argument]?

    func collect(after words: [String], into options: inout [String: [Option]]) {
      let words = words + [commandName]
      let nested = (subcommands ?? []).filter { $0.commandName != "help" }
      for command in nested { command.collect(after: words, into: &options) }
      guard nested.isEmpty else { return }
      options[words.joined(separator: " ")] = (arguments ?? []).compactMap(\.option)
    }
  }

  private struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }
    let kind: String
    let isRepeating: Bool
    let names: [Name]?
    let defaultValue: String?

    var option: Option? {
      guard kind != "positional", let name = names?.first(where: { $0.kind == "long" })?.name
      else { return nil }
      return Option(
        name: name, takesValue: kind == "option", isRepeating: isRepeating,
        defaultValue: defaultValue)
    }
  }
}
