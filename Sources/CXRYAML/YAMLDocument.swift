// SPDX-License-Identifier: Apache-2.0
package import Yams

/// The text of a YAML file as a tree.
///
/// Yams gives up at a key that stands twice in a mapping. One mistake must not hide the others, so
/// the first of the two is marked in the text, and taken as the one that counts in the tree.
package enum YAMLDocument {
  /// A character that no key begins with, from Unicode's area for private use.
  private static let mark: Character = "\u{E000}"
  /// How many keys that stand twice are told.
  private static let repeatLimit = 200

  /// Turns a text into a tree, and notes what keeps it from being one and keys that stand twice.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - remedy: What to do about an empty one, such as "describe a dataset".
  ///   - problems: What is wrong is noted here.
  /// - Returns: The tree, or `nil` where the text is none.
  package static func compose(
    _ text: String, whenEmpty remedy: String, problems: YAMLProblems
  ) -> Node? {
    var text = text
    do {
      for _ in 0..<repeatLimit {
        do {
          guard let node = try Yams.compose(yaml: text) else {
            problems.note("the file is empty; \(remedy)", key: "YAML", line: 1)
            return nil
          }
          return node.withoutRepeats(path: "", mark: mark, problems: problems)
        } catch YamlError.duplicatedKeysInMapping(_, let context) {
          text = marked(text, line: context.mark.line, column: context.mark.column)
        }
      }
      problems.note("too many keys stand twice; keep one of each", key: "YAML", line: 1)
    } catch let error as YamlError {
      problems.note(error.shortMessage, key: "YAML", line: error.line)
    } catch {
      problems.note("\(error); write it as YAML", key: "YAML", line: 1)
    }
    return nil
  }

  /// Marks the key at a place, counted from 1, within its quotes if it has any.
  private static func marked(_ text: String, line: Int, column: Int) -> String {
    var scalars = text.unicodeScalars
    var place = scalars.startIndex
    for _ in 1..<max(1, line) {
      place = scalars[place...].firstIndex(of: "\n").map(scalars.index(after:)) ?? place
    }
    place = scalars.index(place, offsetBy: column - 1, limitedBy: scalars.endIndex) ?? place
    if ["\"", "'"].contains(scalars[place]) { place = scalars.index(after: place) }
    scalars.insert(contentsOf: mark.unicodeScalars, at: place)
    return String(scalars)
  }
}

extension Node {
  /// The tree with the first of the keys that stand twice in a mapping.
  fileprivate func withoutRepeats(
    path: String, mark: Character, problems: YAMLProblems
  ) -> Node {
    if let sequence {
      let nodes = sequence.enumerated().map { index, node in
        node.withoutRepeats(path: "\(path)[\(index)]", mark: mark, problems: problems)
      }
      return .sequence(
        .init(nodes, sequence.tag, sequence.style, sequence.mark, sequence.anchor))
    }
    guard let mapping else { return self }
    var pairs: [(Node, Node)] = []
    var names: Set<String> = []
    for (key, value) in mapping {
      let name = key.scalar.map { String($0.string.drop { $0 == mark }) } ?? ""
      let place = path.isEmpty ? name : "\(path).\(name)"
      guard key.scalar == nil || names.insert(name).inserted else {
        problems.note("the key stands here a second time; keep one", key: place, line: key.line)
        continue
      }
      var bare = key
      if let scalar = key.scalar {
        bare = .scalar(.init(name, scalar.tag, scalar.style, scalar.mark, scalar.anchor))
      }
      pairs.append((bare, value.withoutRepeats(path: place, mark: mark, problems: problems)))
    }
    return .mapping(.init(pairs, mapping.tag, mapping.style, mapping.mark, mapping.anchor))
  }
}

extension YamlError {
  /// The line that the error is about.
  fileprivate var line: Int {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    default: 1
    }
  }

  /// What is wrong, on one line.
  fileprivate var shortMessage: String {
    switch self {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _),
      .composer(_, let problem, _, _):
      "\(problem); check the indentation, the colons and the quotes"
    default: "the text is no YAML; save it as UTF-8 text"
    }
  }
}
