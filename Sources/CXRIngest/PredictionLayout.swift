// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// Which column of a prediction file holds what.
struct PredictionLayout {
  /// A column of scores.
  struct Score {
    let label: String
    let column: String
    let index: Int
  }

  /// The headers under which image names are looked for, in this order.
  static let idNames = [
    "path", "Image Index", "image_id", "image", "filename", "dicom_id", "id",
  ]
  private static let prefixes = ["prob_", "pred_", "score_"]

  let fieldCount: Int
  let idIndex: Int
  private(set) var scores: [Score] = []
  /// What is worth telling about columns that are not used.
  private(set) var notes: [String] = []

  init(
    header: [String], path: String, columnByLabel: [String: String], vocabulary: LabelVocabulary
  ) throws(IngestError) {
    fieldCount = header.count
    let folded = header.map(Finding.folded)
    let idIndex = Self.idNames.lazy.compactMap { folded.firstIndex(of: Finding.folded($0)) }.first
    guard let idIndex else {
      throw IngestError(
        .wrongFile,
        "\(path): no column of image names; expected one of "
          + "\(Self.idNames.joined(separator: ", ")), found "
          + "\(HeaderText.found(header)).")
    }
    self.idIndex = idIndex
    try addOverrides(columnByLabel, header: header, path: path, vocabulary: vocabulary)
    for (index, column) in header.enumerated() where index != idIndex {
      guard !scores.contains(where: { $0.index == index }) else { continue }
      try addColumn(column, at: index, path: path, vocabulary: vocabulary)
    }
    guard !scores.isEmpty else {
      throw IngestError(
        .wrongFile,
        "\(path): no column of scores; expected columns such as prob_Edema or Edema, found the "
          + "header \(HeaderText.found(header)); "
          + "name columns with --column LABEL=COLUMN.")
    }
  }

  private mutating func addOverrides(
    _ columnByLabel: [String: String], header: [String], path: String, vocabulary: LabelVocabulary
  ) throws(IngestError) {
    for (name, column) in columnByLabel.sorted(by: { $0.key < $1.key }) {
      guard let index = header.firstIndex(of: column) else {
        let suggestion = header.nearest(to: column).map { "; did you mean \($0)?" } ?? "."
        throw IngestError(
          .unknownName, "\(path) has no column \(column), named with --column\(suggestion)")
      }
      guard let label = vocabulary.scoreName(name) else {
        throw Self.unknownLabel(name, "--column \(name)=\(column)", vocabulary)
      }
      try add(Score(label: label, column: column, index: index), path: path)
    }
  }

  /// Uses a column if its name is a label, with or without one of the prefixes.
  private mutating func addColumn(
    _ column: String, at index: Int, path: String, vocabulary: LabelVocabulary
  ) throws(IngestError) {
    let prefix = Self.prefixes.first { column.lowercased().hasPrefix($0) }
    let name = column.dropFirst(prefix?.count ?? 0)
    if let label = vocabulary.scoreName(name) {
      // A label that was given its column by hand takes no other.
      guard !scores.contains(where: { $0.label == label && $0.index != index && prefix == nil })
      else {
        notes.append("column \(column) is not used: its label has another column")
        return
      }
      try add(Score(label: label, column: column, index: index), path: path)
    } else if prefix != nil {
      throw Self.unknownLabel(String(name), "\(path): column \(column)", vocabulary)
    } else {
      notes.append("column \(column.isEmpty ? "without a name" : column) is no label, not used")
    }
  }

  private mutating func add(_ score: Score, path: String) throws(IngestError) {
    if let other = scores.first(where: { $0.label == score.label }) {
      throw IngestError(
        .wrongFile,
        "\(path): columns \(other.column) and \(score.column) are both of \(score.label); "
          + "rename or remove one of them.")
    }
    scores.append(score)
  }

  private static func unknownLabel(
    _ name: String, _ place: String, _ vocabulary: LabelVocabulary
  ) -> IngestError {
    let suggestion =
      vocabulary.names.nearest(to: name).map { "did you mean \($0)?" }
      ?? "known are \(vocabulary.names.joined(separator: ", "))."
    return IngestError(
      .unknownName,
      "\(place): there is no label \(name); \(suggestion) Map it with --column LABEL=COLUMN.")
  }
}
