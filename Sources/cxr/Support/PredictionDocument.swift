// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore

/// What a prediction came to, for `--json`.
struct PredictionDocument: Encodable {
  /// The name of the model in the catalog, if it has one there.
  let model: String?
  /// The file or folder of the model.
  let classifier: String
  /// Which kind of model it is.
  let kind: String
  let dataset: String
  let imageCount: Int
  /// The labels that are entered into the catalog.
  let findings: [String]
  /// The names of all columns of numbers.
  let outputs: [String]
  /// Outputs that mean nothing, because the model was not trained for them.
  let untrainedOutputs: [String]
  /// Outputs that the dataset has no label for.
  let unknownLabels: [String]
  let file: String?
  let outcome: WriteOutcome?

  var text: String {
    guard !findings.isEmpty else {
      return "Predicted \(NumberText.list(outputs)) for "
        + "\(NumberText.count(imageCount, "image")) of \(dataset)"
        + (file.map { ", and wrote them to \($0)" } ?? "") + ".\n"
    }
    let what =
      "\(NumberText.count(findings.count, "finding")) for \(NumberText.count(imageCount, "image")) "
      + "of \(dataset) by \(model ?? classifier)"
    return switch outcome {
    case nil: "Predicted \(what). Dry run, nothing was entered.\n"
    case .unchanged: "Predicted \(what); the catalog has these predictions already.\n"
    case .created, .updated: "Predicted \(what), and entered into the catalog.\n"
    }
  }
}
