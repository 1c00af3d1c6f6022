// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A label of VinDr-CXR, in the order of the columns; the raw value is the training table's name.
enum VinDrLabel: String, CaseIterable {
  case aorticEnlargement = "Aortic enlargement"
  case atelectasis = "Atelectasis"
  case calcification = "Calcification"
  case cardiomegaly = "Cardiomegaly"
  case clavicleFracture = "Clavicle fracture"
  case consolidation = "Consolidation"
  case edema = "Edema"
  case emphysema = "Emphysema"
  case enlargedPA = "Enlarged PA"
  case ild = "ILD"
  case infiltration = "Infiltration"
  case lungOpacity = "Lung Opacity"
  case lungCavity = "Lung cavity"
  case lungCyst = "Lung cyst"
  case mediastinalShift = "Mediastinal shift"
  case noduleMass = "Nodule/Mass"
  case pleuralEffusion = "Pleural effusion"
  case pleuralThickening = "Pleural thickening"
  case pneumothorax = "Pneumothorax"
  case pulmonaryFibrosis = "Pulmonary fibrosis"
  case ribFracture = "Rib fracture"
  case otherLesion = "Other lesion"
  case copd = "COPD"
  case lungTumor = "Lung tumor"
  case pneumonia = "Pneumonia"
  case tuberculosis = "Tuberculosis"
  case otherDiseases = "Other diseases"
  case noFinding = "No finding"

  /// The name in the table of the test part, which has one plural less.
  var testName: String { self == .otherDiseases ? "Other disease" : rawValue }

  /// Whether readers mark the label with a box; the others say something of the whole image.
  var isLocal: Bool {
    switch self {
    case .copd, .lungTumor, .pneumonia, .tuberculosis, .otherDiseases, .noFinding: false
    default: true
    }
  }

  /// The number of the class in the Kaggle table, which lacks the rarer ones.
  var kaggleClass: Int? { self == .noFinding ? 14 : Self.kaggleLabels.firstIndex(of: self) }

  /// The share of abnormal images that have it, and how plain it is to see.
  ///
  /// The chance that a reader sees it varies between images as the power 1 / `plainness` of a
  /// uniform number. Both numbers are fitted to how many images one, two and three readers labelled.
  var rate: (share: Double, plainness: Double) {
    switch self {
    case .aorticEnlargement: (0.633, 3.7)
    case .atelectasis: (0.045, 0.5)
    case .calcification: (0.128, 0.5)
    case .cardiomegaly: (0.494, 3.6)
    case .clavicleFracture: (0.006, 1)
    case .consolidation: (0.088, 0.5)
    case .edema: (0.004, 1)
    case .emphysema: (0.010, 1)
    case .enlargedPA: (0.020, 1)
    case .ild: (0.110, 0.5)
    case .infiltration: (0.177, 0.5)
    case .lungOpacity: (0.396, 0.5)
    case .lungCavity: (0.020, 1)
    case .lungCyst: (0.004, 1)
    case .mediastinalShift: (0.050, 1)
    case .noduleMass: (0.293, 0.5)
    case .pleuralEffusion: (0.215, 1.8)
    case .pleuralThickening: (0.639, 0.5)
    case .pneumothorax: (0.018, 2.3)
    case .pulmonaryFibrosis: (0.374, 1.5)
    case .ribFracture: (0.030, 1)
    case .otherLesion: (0.262, 0.5)
    case .copd: (0.016, 1)
    case .lungTumor: (0.100, 1)
    case .pneumonia: (0.240, 1)
    case .tuberculosis: (0.220, 1)
    case .otherDiseases: (0.440, 1)
    case .noFinding: (0, 1)
    }
  }

  /// The finding that the label stands for, if any.
  var finding: Finding? {
    switch self {
    case .noFinding: .noFinding
    case .cardiomegaly: .cardiomegaly
    case .lungOpacity: .lungOpacity
    case .noduleMass, .lungTumor: .lungLesion
    case .edema: .edema
    case .consolidation: .consolidation
    case .pneumonia: .pneumonia
    case .atelectasis: .atelectasis
    case .pneumothorax: .pneumothorax
    case .pleuralEffusion: .pleuralEffusion
    case .pleuralThickening: .pleuralOther
    case .clavicleFracture, .ribFracture: .fracture
    default: nil
    }
  }

  /// The 14 findings before a label is read: those with a label are absent, the others are not
  /// annotated.
  static let absent: StudyFindings = {
    var findings = StudyFindings(allAre: .unannotated)
    for finding in allCases.compactMap(\.finding) { findings[finding] = .negative }
    return findings
  }()

  private static let kaggleLabels: [VinDrLabel] = [
    .aorticEnlargement, .atelectasis, .calcification, .cardiomegaly, .consolidation, .ild,
    .infiltration, .lungOpacity, .noduleMass, .otherLesion, .pleuralEffusion, .pleuralThickening,
    .pneumothorax, .pulmonaryFibrosis,
  ]
}
