// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRYAML

extension YAMLMapping {
  /// The names of a key, none of them empty: a list, or one that stands for a list of one.
  func names(_ key: String) -> [String] {
    let names = texts(key) ?? []
    if names.contains("") { note("an empty name means nothing here; remove it", at: key) }
    return names.filter { !$0.isEmpty }
  }

  /// The words of a key as values of a type; others are noted.
  func values<Value: Hashable>(
    _ key: String, among words: [String], _ value: (String) -> Value?
  ) -> [Value] {
    (texts(key) ?? []).compactMap { text in
      let value = value(text)
      if value == nil { noteUnknown(text, among: words, at: key) }
      return value
    }.distinct
  }

  /// The words of a key as cases of a type; others are noted.
  func words<Word: RawRepresentable<String> & CaseIterable & Hashable>(_ key: String) -> [Word] {
    values(key, among: Word.allCases.map(\.rawValue), Word.init(rawValue:))
  }

  /// A whole number from 1.
  func positiveCount(_ key: String) -> Int? {
    guard let count = count(key) else { return nil }
    if count < 1 { note("\(count) is too few; write a number from 1", at: key) }
    return count
  }
}
