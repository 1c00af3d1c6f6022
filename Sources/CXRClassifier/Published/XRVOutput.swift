// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// One of the 18 outputs of torchxrayvision's classifiers, in their order.
public enum XRVOutput: String, CaseIterable, Codable, Sendable {
  case atelectasis = "Atelectasis"
  case consolidation = "Consolidation"
  case infiltration = "Infiltration"
  case pneumothorax = "Pneumothorax"
  case edema = "Edema"
  case emphysema = "Emphysema"
  case fibrosis = "Fibrosis"
  case effusion = "Effusion"
  case pneumonia = "Pneumonia"
  case pleuralThickening = "Pleural_Thickening"
  case cardiomegaly = "Cardiomegaly"
  case nodule = "Nodule"
  case mass = "Mass"
  case hernia = "Hernia"
  case lungLesion = "Lung Lesion"
  case fracture = "Fracture"
  case lungOpacity = "Lung Opacity"
  case enlargedCardiomediastinum = "Enlarged Cardiomediastinum"

  /// The name as torchxrayvision writes it.
  public var name: String { rawValue }

  /// The CheXpert finding that the output is about; `nil` for what CheXpert does not label.
  public var finding: Finding? { Finding(name: rawValue) }

  /// The output about a finding; `nil` if there is none, as for No Finding.
  public init?(_ finding: Finding) {
    guard let output = Self.allCases.first(where: { $0.finding == finding }) else { return nil }
    self = output
  }
}
