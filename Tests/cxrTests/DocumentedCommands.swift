// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a page of the documentation tells its readers to type.
struct DocumentedCommands {
  /// The folder of the project.
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The README and every article.
  static let pages: [DocumentedCommands] = {
    let walk = FileManager.default.enumerator(atPath: root.appending(path: "Sources").path)
    let articles = (walk?.compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".md") && $0.contains(".docc/") }
    return (["README.md"] + articles.map { "Sources/\($0)" }.sorted())
      .map(DocumentedCommands.init)
  }()

  /// The path of the page below the root.
  let path: String

  /// The text of the page.
  func text() throws -> String {
    try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
  }

  /// The fenced blocks of a language, without the fences.
  func blocks(_ language: String) throws -> [String] {
    try text().components(separatedBy: "```\(language)\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
  }

  /// The command lines of a program as lists of words, without the program itself.
  ///
  /// Comments and what follows a pipe, a redirection or another command are left out.
  func commandLines(of program: String) throws -> [[String]] {
    try blocks("sh").flatMap { Self.joined($0).map(Self.words) }
      .filter { $0.first == program }.map { Array($0.dropFirst()) }
  }

  /// The lines of a block, those that end with a backslash joined with the next.
  private static func joined(_ block: String) -> [String] {
    block.split(separator: "\n").reduce(into: [String]()) { lines, line in
      let text = line.drop { $0 == " " }
      if let last = lines.last, last.hasSuffix("\\") {
        lines[lines.count - 1] = String(last.dropLast()) + text
      } else {
        lines.append(String(text))
      }
    }
  }

  /// The words of the first command of a line, as a shell takes them apart.
  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      if let open = quote {
        if character == open { quote = nil } else { word?.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character == " " {
        if let word { words.append(word) }
        word = nil
      } else if word == nil, "#|>&;".contains(character) {
        break
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }
}
