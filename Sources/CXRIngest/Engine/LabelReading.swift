// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore

/// What one record says of the labels.
struct LabelReading {
  var findings: FindingStates
  /// The dataset's own labels that apply, as indices.
  var nativeLabels: [Int] = []
  /// Whether the record says nothing at all of the labels.
  var isBlank = false
  /// How many of its free texts hold nothing that is looked for.
  var unreadTextCount = 0
  var warnings: [RecordNotice] = []
}

/// The dataset's own labels as they are found: the descriptor's first, then those it does not know.
struct NativeVocabulary {
  private(set) var labels: [NativeLabel]
  let terms: [LabelRule.Term]
  private var indexByFoldedName: [String: Int] = [:]
  private let indexBySynonym: [String: Int]

  init(_ rule: LabelRule) {
    terms = rule.terms
    // A label that counts towards several findings is listed under the first.
    labels = rule.terms.map { NativeLabel(name: $0.name, finding: $0.findings.first) }
    for (index, label) in labels.enumerated() {
      indexByFoldedName[Self.folded(label.name)] = index
    }
    let indexByName = indexByFoldedName
    indexBySynonym = Dictionary(
      rule.synonyms.compactMap { synonym, name in
        indexByName[Self.folded(name)].map { (Self.folded(synonym), $0) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The index of a label, if the vocabulary has it.
  func index(of name: String) -> Int? {
    let folded = Self.folded(name)
    return indexByFoldedName[folded] ?? indexBySynonym[folded]
  }

  /// The index of a label, and whether the descriptor knows it; others are added.
  mutating func addIndex(of name: String) -> (index: Int, isKnown: Bool) {
    if let index = index(of: name) { return (index, index < terms.count) }
    indexByFoldedName[Self.folded(name)] = labels.count
    labels.append(NativeLabel(name: name, finding: nil))
    return (labels.count - 1, false)
  }

  func findings(of index: Int) -> [Finding] { index < terms.count ? terms[index].findings : [] }

  /// Without the spaces around it.
  static func trimmed(_ name: String) -> String {
    String(name.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }

  /// Lower case, with single spaces.
  static func folded(_ name: String) -> String {
    name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Lower case, with single spaces, and the line ends that were there.
  static func foldedLines(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).map { folded(String($0)) }.joined(separator: "\n")
  }
}
