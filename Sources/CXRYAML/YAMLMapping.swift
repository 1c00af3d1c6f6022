// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
package import Yams

/// A mapping of a YAML document, read key by key.
///
/// What is wrong is noted and reading goes on, so that one run tells everything. The keys asked for
/// are the keys there are: ``close()`` notes all others, with the nearest of them.
package final class YAMLMapping {
  package let path: String
  package let line: Int
  package let problems: YAMLProblems
  private let entries: [(key: String, line: Int, value: Node)]
  private var asked: [String] = []

  /// Opens a node, which must be a mapping; its line is that of the key before it.
  package init?(_ node: Node, path: String, line: Int? = nil, problems: YAMLProblems) {
    self.path = path
    self.problems = problems
    self.line = line ?? node.line
    guard let mapping = node.mapping else {
      problems.note("a mapping of keys is needed here", key: path, line: self.line)
      return nil
    }
    entries = Self.entries(of: mapping)
  }

  /// The keys of a mapping with those that `<<` merges into it: its own count first, then those of
  /// earlier mappings.
  private static func entries(of mapping: Node.Mapping) -> [(key: String, line: Int, value: Node)] {
    var entries: [(key: String, line: Int, value: Node)] = []
    var merged: [Node.Mapping] = []
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      let sources = value.mapping.map { [$0] } ?? value.sequence?.compactMap(\.mapping) ?? []
      if name == "<<", !sources.isEmpty {
        merged += sources
      } else {
        entries.append((name, key.line, value))
      }
    }
    for source in merged {
      for entry in Self.entries(of: source) where !entries.contains(where: { $0.key == entry.key })
      {
        entries.append(entry)
      }
    }
    return entries
  }

  /// The place of a key in the document.
  package func keyPath(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// The keys and values in the order of the document, for mappings whose keys are data.
  package var pairs: [(key: String, value: Node)] {
    asked = entries.map(\.key)
    return entries.map { ($0.key, $0.value) }
  }

  /// The keys and values in the order of the document, of which none counts as asked for.
  var pairsUnasked: [(key: String, value: Node)] { entries.map { ($0.key, $0.value) } }

  /// The keys in the order of the document, of which none counts as asked for.
  package var keysUnasked: [String] { entries.map(\.key) }

  /// The value of a key; `null` counts as absent.
  package func node(_ key: String) -> Node? {
    if !asked.contains(key) { asked.append(key) }
    guard let entry = entries.first(where: { $0.key == key }), !entry.value.isNull else {
      return nil
    }
    return entry.value
  }

  package func has(_ key: String) -> Bool { node(key) != nil }

  /// The line of a key, or that of the mapping where the key is absent.
  package func line(of key: String) -> Int { entries.first { $0.key == key }?.line ?? line }

  package func note(_ message: String, at key: String) {
    problems.note(message, key: keyPath(key), line: line(of: key))
  }

  /// Notes something about the mapping as a whole.
  package func note(_ message: String) { problems.note(message, key: path, line: line) }

  /// Notes the keys that nothing asked for.
  package func close() {
    for entry in entries where !asked.contains(entry.key) {
      let nearest = asked.nearest(to: entry.key).map { "did you mean \($0)?" }
      problems.note(
        "there is no such key; " + (nearest ?? "known are \(asked.joined(separator: ", "))"),
        key: keyPath(entry.key), line: entry.line)
    }
  }
}

extension Node {
  /// The line, counted from 1.
  package var line: Int { mark?.line ?? 1 }

  /// Whether the value is left out: `key:`, `key: null` or `key: ~`.
  package var isNull: Bool {
    guard let scalar else { return false }
    return scalar.style == .plain && ["", "null", "~", "Null", "NULL"].contains(scalar.string)
  }
}
