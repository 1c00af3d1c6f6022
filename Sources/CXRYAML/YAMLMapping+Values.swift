// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import Yams

extension YAMLMapping {
  /// A single value as text.
  package func text(_ key: String) -> String? {
    guard let node = node(key) else { return nil }
    guard let scalar = node.scalar else {
      note("a single value is needed here, not a list or a mapping of keys", at: key)
      return nil
    }
    return scalar.string
  }

  /// A single value that must be there; empty text where it is not.
  package func requiredText(_ key: String, remedy: String) -> String {
    guard has(key) else {
      note("is missing; \(remedy)", at: key)
      return ""
    }
    let text = text(key)
    if text == "" { note("is empty; \(remedy)", at: key) }
    return text ?? ""
  }

  /// One value or a list of values.
  package func texts(_ key: String) -> [String]? {
    guard let node = node(key) else { return nil }
    if let scalar = node.scalar { return [scalar.string] }
    guard let sequence = node.sequence, sequence.allSatisfy({ $0.scalar != nil }) else {
      note("a value or a list of values is needed here", at: key)
      return nil
    }
    return sequence.map { $0.isNull ? "" : $0.scalar?.string ?? "" }
  }

  package func number(_ key: String) -> Double? {
    text(key).flatMap { number($0, at: key) }
  }

  /// One number or a list of numbers.
  package func numbers(_ key: String) -> [Double] {
    (texts(key) ?? []).compactMap { number($0, at: key) }
  }

  private func number(_ text: String, at key: String) -> Double? {
    guard let value = Double(text), value.isFinite else {
      note("\(text) is no number; write one such as 90", at: key)
      return nil
    }
    return value
  }

  package func count(_ key: String) -> Int? {
    text(key).flatMap { count($0, at: key) }
  }

  /// One whole number or a list of whole numbers.
  package func counts(_ key: String) -> [Int] {
    (texts(key) ?? []).compactMap { count($0, at: key) }
  }

  private func count(_ text: String, at key: String) -> Int? {
    guard let value = Int(text) else {
      note("\(text) is no whole number; write one such as 3", at: key)
      return nil
    }
    return value
  }

  package func flag(_ key: String) -> Bool {
    switch text(key) {
    case nil, "false": return false
    case "true": return true
    case let text?:
      note("\(text) is no answer here; write true or false", at: key)
      return false
    }
  }

  /// One of the words of a type.
  package func choice<Word: RawRepresentable<String> & CaseIterable>(_ key: String) -> Word? {
    guard let text = text(key) else { return nil }
    return word(text, at: key)
  }

  /// Turns a value into one of the words of a type, or notes which words there are.
  package func word<Word: RawRepresentable<String> & CaseIterable>(
    _ text: String, at key: String
  ) -> Word? {
    if let word = Word(rawValue: text) { return word }
    noteUnknown(text, among: Word.allCases.map(\.rawValue), at: key)
    return nil
  }

  /// Notes a value that is none of those that are known.
  package func noteUnknown(_ text: String, among words: [String], at key: String) {
    let nearest = words.nearest(to: text).map { "did you mean \($0)?" }
    note(
      "\(text) is not known here; " + (nearest ?? "known are \(words.joined(separator: ", "))"),
      at: key)
  }

  /// Notes the keys that have no value, for documents in which they would be misunderstood.
  package func requireValues() {
    for (key, value) in pairsUnasked where value.isNull {
      note("has no value; give one, or remove the key", at: key)
    }
  }

  package func mapping(_ key: String) -> YAMLMapping? {
    node(key).flatMap {
      YAMLMapping($0, path: keyPath(key), line: line(of: key), problems: problems)
    }
  }

  /// A list of mappings.
  package func mappings(_ key: String) -> [YAMLMapping] {
    guard let node = node(key) else { return [] }
    guard let sequence = node.sequence else {
      note("a list is needed here: lines that begin with \"- \"", at: key)
      return []
    }
    return sequence.enumerated().compactMap { index, node in
      YAMLMapping(node, path: "\(keyPath(key))[\(index)]", problems: problems)
    }
  }

  /// A mapping of data to words or lists of words, in the order of the document.
  package func table(_ key: String) -> [YAMLTableRow]? {
    guard let mapping = mapping(key) else { return nil }
    return mapping.pairs.map { pair, value in
      YAMLTableRow(
        key: pair, values: value.isNull ? [] : mapping.texts(pair) ?? [], mapping: mapping)
    }
  }
}
