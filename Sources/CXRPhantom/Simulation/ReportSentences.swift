// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// Sentences that say what a study's findings are.
enum ReportSentences {
  /// The sentences of a findings section: every finding that is mentioned, in reading order.
  static func findings(_ findings: StudyFindings, draws: inout PhantomDraws) -> [String] {
    var sentences: [String] = []
    for finding in readingOrder {
      switch findings[finding] {
      case .positive: sentences.append(draws.pick(positive(finding)))
      case .uncertain: sentences.append(draws.pick(uncertain(finding)))
      case .negative: sentences.append(draws.pick(negative(finding)))
      case .unmentioned, .unannotated: break
      }
    }
    if findings[.noFinding] == .positive || sentences.isEmpty {
      sentences.append(draws.pick(ordinary))
    }
    return sentences
  }

  /// The sentences of an impression: what is there, and what may be; else that nothing is.
  static func impression(_ findings: StudyFindings, draws: inout PhantomDraws) -> [String] {
    if findings[.noFinding] == .positive { return [draws.pick(nothing)] }
    var sentences: [String] = []
    for finding in readingOrder {
      switch findings[finding] {
      case .positive: sentences.append(draws.pick(positive(finding)))
      case .uncertain: sentences.append(draws.pick(uncertain(finding)))
      default: break
      }
    }
    return sentences.isEmpty ? [draws.pick(ordinary)] : sentences
  }

  private static let readingOrder: [Finding] = [
    .supportDevices, .lungOpacity, .consolidation, .pneumonia, .atelectasis, .edema, .lungLesion,
    .pleuralEffusion, .pneumothorax, .pleuralOther, .cardiomegaly, .enlargedCardiomediastinum,
    .fracture,
  ]

  private static let nothing = [
    "No acute cardiopulmonary process.", "No evidence of acute disease in the chest.",
    "Normal chest radiograph.",
  ]

  private static let ordinary = [
    "The lungs are well expanded. The hila are of ordinary size.",
    "Hyperinflated lungs, as before.", "The aorta is tortuous.",
  ]

  private static func positive(_ finding: Finding) -> [String] {
    switch finding {
    case .atelectasis:
      ["Linear atelectasis at both bases.", "Atelectasis of the left lower lobe."]
    case .cardiomegaly: ["The heart is enlarged.", "Moderate cardiomegaly is seen."]
    case .consolidation:
      ["Consolidation in the right lower lobe.", "There is dense consolidation on the left."]
    case .edema: ["Mild interstitial pulmonary edema.", "Findings of pulmonary edema are present."]
    case .enlargedCardiomediastinum:
      ["The cardiomediastinal contour is widened.", "The mediastinum is enlarged."]
    case .fracture: ["Healed fractures of left ribs.", "Fracture of the right seventh rib."]
    case .lungLesion:
      ["A nodule projects over the right upper lobe.", "A mass lies near the hilum."]
    case .lungOpacity:
      ["Patchy opacity at the right base.", "New opacities in the left lung are seen."]
    case .noFinding: nothing
    case .pleuralEffusion:
      ["Small bilateral pleural effusions.", "There is a moderate left pleural effusion."]
    case .pleuralOther: ["Pleural thickening at the right apex.", "Calcified pleural plaques."]
    case .pneumonia: ["Findings are those of pneumonia.", "Pneumonia of the right middle lobe."]
    case .pneumothorax:
      ["There is a small apical pneumothorax.", "A left pneumothorax is present."]
    case .supportDevices:
      [
        "A right central venous line ends in the superior vena cava.",
        "The endotracheal tube ends 4 cm above the carina.",
        "A pacemaker with two leads is in place.",
      ]
    }
  }

  private static func uncertain(_ finding: Finding) -> [String] {
    let name = noun(finding)
    return [
      "Possible \(name).", "\(name.prefix(1).uppercased() + name.dropFirst()) cannot be excluded.",
    ]
  }

  private static func negative(_ finding: Finding) -> [String] {
    switch finding {
    case .cardiomegaly: ["The heart size is normal.", "The heart is not enlarged."]
    case .enlargedCardiomediastinum: ["The cardiomediastinal contour is normal."]
    case .supportDevices: ["The former lines have been removed."]
    default: ["No \(noun(finding)).", "There is no \(noun(finding))."]
    }
  }

  private static func noun(_ finding: Finding) -> String {
    switch finding {
    case .atelectasis: "atelectasis"
    case .cardiomegaly: "cardiomegaly"
    case .consolidation: "focal consolidation"
    case .edema: "pulmonary edema"
    case .enlargedCardiomediastinum: "mediastinal widening"
    case .fracture: "rib fracture"
    case .lungLesion: "lung nodule"
    case .lungOpacity: "focal opacity"
    case .noFinding: "finding"
    case .pleuralEffusion: "pleural effusion"
    case .pleuralOther: "pleural thickening"
    case .pneumonia: "pneumonia"
    case .pneumothorax: "pneumothorax"
    case .supportDevices: "malposition of a line"
    }
  }
}
