// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import Yams

/// A mapping of a YAML document, read key by key.
///
/// What is wrong is noted and reading goes on, so that one run tells everything. The keys asked for
/// are the keys there are: ``close()`` notes all others, with the nearest of them.
final class YAMLMapping {
  let path: String
  let line: Int
  let problems: DescriptorProblems
  private let entries: [(key: String, line: Int, value: Node)]
  private var asked: [String] = []

  /// Opens a node, which must be a mapping; its line is that of the key before it.
  init?(_ node: Node, path: String, line: Int? = nil, problems: DescriptorProblems) {
    self.path = path
    self.problems = problems
    self.line = line ?? node.line
    guard let mapping = node.mapping else {
      problems.note("a mapping of keys is needed here", key: path, line: self.line)
      return nil
    }
    entries = mapping.map { key, value in (key.scalar?.string ?? "", key.line, value) }
  }

  /// The place of a key in the document.
  func keyPath(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// The keys and values in the order of the document, for mappings whose keys are data.
  var pairs: [(key: String, value: Node)] {
    asked = entries.map(\.key)
    return entries.map { ($0.key, $0.value) }
  }

  /// The value of a key; `null` counts as absent.
  func node(_ key: String) -> Node? {
    if !asked.contains(key) { asked.append(key) }
    guard let entry = entries.first(where: { $0.key == key }), !entry.value.isNull else {
      return nil
    }
    return entry.value
  }

  func has(_ key: String) -> Bool { node(key) != nil }

  /// The line of a key, or that of the mapping where the key is absent.
  func line(of key: String) -> Int { entries.first { $0.key == key }?.line ?? line }

  func note(_ message: String, at key: String) {
    problems.note(message, key: keyPath(key), line: line(of: key))
  }

  /// Notes the keys that nothing asked for.
  func close() {
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
  var line: Int { mark?.line ?? 1 }

  /// Whether the value is left out: `key:`, `key: null` or `key: ~`.
  var isNull: Bool {
    guard let scalar else { return false }
    return scalar.style == .plain && ["", "null", "~", "Null", "NULL"].contains(scalar.string)
  }
}
