// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// Cells that list labels, and what they are made of.
struct DraftLabelCells {
  let isPython: Bool
  let separator: String
  /// The distinct labels in the first of their spellings, those left out that say an absence.
  private let labels: [String]
  let hasNegations: Bool
  /// The labels in lower case, each between line ends.
  private let foldedText: String

  init(_ texts: [String]) {
    isPython = texts.allSatisfy { PythonList.items(of: $0) != nil }
    let counts = ["|", ";", ","].map { (mark: String) in (mark, texts.count { $0.contains(mark) }) }
    separator = counts.first { $0.1 > 0 }?.0 ?? "|"
    var spellings: [String: String] = [:]
    var labels: [String] = []
    var hasNegations = false
    for text in texts {
      let items =
        isPython
        ? PythonList.items(of: text) ?? [] : text.split(separator: separator).map(String.init)
      for item in items.map(NativeVocabulary.trimmed) where !item.isEmpty {
        if DraftVocabulary.isNegated(item) {
          hasNegations = true
        } else if spellings.updateValue(item, forKey: NativeVocabulary.folded(item)) == nil {
          labels.append(item)
        }
      }
    }
    self.labels = labels
    self.hasNegations = hasNegations
    foldedText = labels.map(NativeVocabulary.folded).joined(separator: "\n")
  }

  /// The labels, where they are few and short.
  var words: [String]? { ColumnSample.fewWords(labels) }

  /// Whether a label contains a text.
  func contains(_ text: String) -> Bool { foldedText.contains(text) }
}
