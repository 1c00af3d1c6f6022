// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore

/// Radiographs and reports that nobody has.
enum MadeUpRadiographs {
  static let sentences = [
    "Right basal opacity, possibly pneumonia.", "Small left pleural effusion.",
    "No pneumothorax.", "Heart size is normal.", "Moderate cardiomegaly with mild edema.",
    "Findings were discussed with the ward.", "Comparison with the prior study.",
    "Recommend a follow-up in 3 weeks.", "Lungs are clear.", "Rib fracture on the left.",
  ]

  /// Radiographs of any demographics with reports of one to six sentences.
  static func candidates(_ count: Int, seed: UInt64 = 1) -> [PromptCandidate] {
    (0..<count).map { number in
      let draws = RandomStream(seed: seed, purpose: "made-up", index: number)
      var findings = FindingStates(allAre: .negative)
      for finding in [Finding.edema, .pneumonia, .pneumothorax]
      where draws.unit(at: finding.rawValue.count) < 0.3 { findings[finding] = .positive }
      let length = 1 + draws.index(at: 3, below: 6)
      let text = (0..<length).map { sentences[draws.index(at: 20 + $0, below: sentences.count)] }
      return PromptCandidate(
        radiographID: Int64(number + 1), dataset: "made-up", imageName: "image\(number).png",
        sex: Sex.allCases[draws.index(at: 4, below: 2)],
        race: Race.allCases[draws.index(at: 5, below: 4)],
        ageYears: Double(draws.index(at: 6, below: 95)) + 0.5, view: .pa, findings: findings,
        sections: [text.joined(separator: " ")])
    }
  }
}
