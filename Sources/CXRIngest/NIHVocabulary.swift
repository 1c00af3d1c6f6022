// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore

/// The labels of NIH ChestX-ray14 and what they say about the 14 findings.
enum NIHVocabulary {
  /// The 15 official labels; Nodule and Mass both count as Lung Lesion.
  static let labels: [NativeLabel] = [
    NativeLabel(name: "Atelectasis", finding: .atelectasis),
    NativeLabel(name: "Cardiomegaly", finding: .cardiomegaly),
    NativeLabel(name: "Consolidation", finding: .consolidation),
    NativeLabel(name: "Edema", finding: .edema),
    NativeLabel(name: "Effusion", finding: .pleuralEffusion),
    NativeLabel(name: "Emphysema", finding: nil),
    NativeLabel(name: "Fibrosis", finding: nil),
    NativeLabel(name: "Hernia", finding: nil),
    NativeLabel(name: "Infiltration", finding: nil),
    NativeLabel(name: "Mass", finding: .lungLesion),
    NativeLabel(name: "No Finding", finding: .noFinding),
    NativeLabel(name: "Nodule", finding: .lungLesion),
    NativeLabel(name: "Pleural_Thickening", finding: nil),
    NativeLabel(name: "Pneumonia", finding: .pneumonia),
    NativeLabel(name: "Pneumothorax", finding: .pneumothorax),
  ]

  /// The box list's other spelling of an official label.
  static let boxLabelSynonyms = ["Infiltrate": "Infiltration"]

  /// The findings before any label is read: what the dataset annotates is negative, because its
  /// labels are complete by construction; what it has no label for is unannotated.
  static let unlabelled: FindingStates = {
    var states = FindingStates(allAre: .unannotated)
    for finding in labels.compactMap(\.finding) { states[finding] = .negative }
    return states
  }()

  /// The findings of a radiograph whose label cell is empty.
  static let unmentioned: FindingStates = {
    var states = FindingStates(allAre: .unannotated)
    for finding in labels.compactMap(\.finding) { states[finding] = .unmentioned }
    return states
  }()
}
