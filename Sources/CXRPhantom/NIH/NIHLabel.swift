// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A label of the NIH files, in the alphabetical order in which they combine labels.
enum NIHLabel: String, CaseIterable, Sendable {
  case atelectasis = "Atelectasis"
  case cardiomegaly = "Cardiomegaly"
  case consolidation = "Consolidation"
  case edema = "Edema"
  case effusion = "Effusion"
  case emphysema = "Emphysema"
  case fibrosis = "Fibrosis"
  case hernia = "Hernia"
  case infiltration = "Infiltration"
  case mass = "Mass"
  case noFinding = "No Finding"
  case nodule = "Nodule"
  case pleuralThickening = "Pleural_Thickening"
  case pneumonia = "Pneumonia"
  case pneumothorax = "Pneumothorax"

  /// Every label but `No Finding`.
  static let abnormalities = allCases.filter { $0 != .noFinding }

  /// The position of the label in `allCases`, which numbers its random draws.
  var position: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// The share of radiographs with the label, in the postero-anterior and antero-posterior views.
  ///
  /// These are the shares of the published files, rounded.
  var rate: (pa: Double, ap: Double) {
    switch self {
    case .atelectasis: (0.085, 0.130)
    case .cardiomegaly: (0.023, 0.027)
    case .consolidation: (0.023, 0.070)
    case .edema: (0.004, 0.045)
    case .effusion: (0.098, 0.150)
    case .emphysema: (0.022, 0.023)
    case .fibrosis: (0.021, 0.006)
    case .hernia: (0.003, 0.001)
    case .infiltration: (0.139, 0.235)
    case .mass: (0.053, 0.049)
    case .noFinding: (0.584, 0.470)
    case .nodule: (0.062, 0.048)
    case .pleuralThickening: (0.036, 0.022)
    case .pneumonia: (0.009, 0.018)
    case .pneumothorax: (0.051, 0.042)
    }
  }

  /// What the box file calls the label, or `nil` for a label that it has no boxes for.
  var boxName: String? {
    switch self {
    case .infiltration: "Infiltrate"
    case .atelectasis, .cardiomegaly, .effusion, .mass, .nodule, .pneumonia, .pneumothorax:
      rawValue
    default: nil
    }
  }

  /// The finding that the label stands for, if any; Pleural_Thickening is left out by default.
  var finding: Finding? {
    switch self {
    case .atelectasis: .atelectasis
    case .cardiomegaly: .cardiomegaly
    case .consolidation: .consolidation
    case .edema: .edema
    case .effusion: .pleuralEffusion
    case .mass, .nodule: .lungLesion
    case .noFinding: .noFinding
    case .pneumonia: .pneumonia
    case .pneumothorax: .pneumothorax
    case .emphysema, .fibrosis, .hernia, .infiltration, .pleuralThickening: nil
    }
  }
}
