// SPDX-License-Identifier: Apache-2.0

/// A row of a mapping whose keys are data: a word and what it stands for.
package struct YAMLTableRow {
  package let key: String
  package let values: [String]
  private let mapping: YAMLMapping

  init(key: String, values: [String], mapping: YAMLMapping) {
    self.key = key
    self.values = values
    self.mapping = mapping
  }

  /// The first of the values, empty where there is none.
  package var value: String { values.first ?? "" }

  /// The value as one of the words of a type.
  package func word<Word: RawRepresentable<String> & CaseIterable>() -> Word? {
    mapping.word(value, at: key)
  }

  package func note(_ message: String) { mapping.note(message, at: key) }
}
