// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRClassifier
import CXRCore
import CXRFiles
import Foundation

/// The labels of a model that the catalog takes scores of, and those that it does not.
///
/// As `cxr predictions import` does, only labels are entered that the dataset has: findings, and
/// labels of its own.
struct PredictionEntry {
  /// The outputs that are entered: their positions, and the names in the catalog.
  private let columns: [(position: Int, label: String)]
  /// The names of outputs that the dataset has no label for.
  let unknownLabels: [String]

  /// Matches outputs with the labels of a dataset.
  init(_ outputs: [ModelOutput], nativeLabels: [NativeLabel]) {
    let scoreNames = Dictionary(
      nativeLabels.map { (Finding.folded($0.name), $0.scoreName) }, uniquingKeysWith: { $1 })
    var columns: [(position: Int, label: String)] = []
    var unknown: [String] = []
    for (position, output) in outputs.enumerated() {
      guard let name = output.label else { continue }
      if let label = Finding(name: name)?.name ?? scoreNames[Finding.folded(name)] {
        columns.append((position, label))
      } else {
        unknown.append(name)
      }
    }
    self.columns = columns
    unknownLabels = unknown
  }

  /// The labels as the catalog names them.
  var labels: [String] { columns.map(\.label) }

  /// The predictions as the catalog takes them.
  ///
  /// - Parameters:
  ///   - predictions: The numbers.
  ///   - images: The images.
  ///   - model: The name of the model.
  ///   - file: The model's file, and the digest of its weights.
  /// - Returns: The content of a run.
  func content(
    _ predictions: Predictions, of images: LabelledImages, model: String,
    file: (name: String, sha256: String)
  ) -> PredictionRunContent {
    let columns = columns.map { position, label in
      PredictionRunContent.Column(
        label: label, sourceColumn: predictions.outputs[position].columnName,
        scores: predictions.values[position])
    }
    let numbers = columns.map { $0.scores.map(\.description).joined(separator: " ") }
    let contentDigest = FileDigest.sha256(
      of: (["predict 1", images.radiographIDs.map(String.init).joined(separator: " ")]
        + zip(columns.map(\.label), numbers).map { "\($0): \($1)" }).joined(separator: "\n"))
    return PredictionRunContent(
      model: model, fileName: file.name, sha256: file.sha256, contentDigest: contentDigest,
      radiographIDs: images.radiographIDs, unknownImageCount: 0, columns: columns)
  }
}
