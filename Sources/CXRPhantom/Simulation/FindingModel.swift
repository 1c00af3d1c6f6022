// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// Draws what a study's report says of the 14 findings, with the published shares and with findings
/// that depend on age, sex, race, illness and each other.
///
/// Each finding has a tendency: a sum of the person's illness, the demographics' effects and
/// chance, scaled to unit variance. The share of positives lies above one bound of it, the uncertain ones
/// just below. Age raises effusion, cardiomegaly and edema; sex and race have small effects.
struct FindingModel {
  /// The shares of studies in which a finding is said to be present, absent or uncertain.
  struct Rate {
    let positive: Double
    let negative: Double
    let uncertain: Double

    init(_ positive: Double, _ negative: Double, _ uncertain: Double) {
      self.positive = positive
      self.negative = negative
      self.uncertain = uncertain
    }
  }

  /// The rates in the order of `Finding.allCases`; that of No Finding is not used.
  let rates: [Rate]
  /// The weight of the illness that all findings share, in [0, 1).
  let illnessWeight: Double
  /// The share of unremarkable studies that are labelled No Finding.
  let noFindingShare: Double

  /// Draws the findings of one study.
  func findings(
    of person: PhantomPerson, ageYears: Int, draws: inout PhantomDraws
  ) -> StudyFindings {
    // The shares are of studies, and of those the iller patients have more.
    let illness = 0.6 * (person.severity - 0.5) + 0.8 * draws.normal()
    let ageDeviate = (Double(ageYears) - 60) / 18
    let ownWeight = (1 - illnessWeight * illnessWeight).squareRoot()
    var findings = StudyFindings(allAre: .unmentioned)
    for finding in Finding.allCases where finding != .noFinding {
      let effect = Self.ageEffect(on: finding)
      let raw =
        illnessWeight * illness + ownWeight * draws.normal() + effect * ageDeviate
        + Self.groupEffect(on: finding, of: person)
      let share = normalShare(below: raw / (1 + effect * effect).squareRoot())
      findings[finding] = state(at: share, rate: rates[finding.position], chance: draws.unit())
    }
    if findings.isUnremarkable, draws.happens(noFindingShare) { findings[.noFinding] = .positive }
    return findings
  }

  private func state(at share: Double, rate: Rate, chance: Double) -> LabelState {
    if share > 1 - rate.positive { return .positive }
    if share > 1 - rate.positive - rate.uncertain { return .uncertain }
    return chance < rate.negative / (1 - rate.positive - rate.uncertain) ? .negative : .unmentioned
  }

  /// What 18 years of age add to a tendency, in standard deviations.
  private static func ageEffect(on finding: Finding) -> Double {
    switch finding {
    case .pleuralEffusion: 0.30
    case .cardiomegaly: 0.35
    case .edema: 0.25
    case .atelectasis, .enlargedCardiomediastinum, .fracture: 0.15
    case .pneumothorax: -0.15
    default: 0.05
    }
  }

  /// What sex and race add to a tendency, in standard deviations.
  private static func groupEffect(on finding: Finding, of person: PhantomPerson) -> Double {
    let sexEffect =
      switch finding {
      case .cardiomegaly: person.sex == .female ? 0.08 : -0.08
      case .pneumothorax, .fracture: person.sex == .male ? 0.08 : -0.08
      default: 0.0
      }
    let raceEffect =
      switch (finding, person.race) {
      case (.cardiomegaly, .black): 0.20
      case (.edema, .black): 0.10
      case (.pneumonia, .hispanic): 0.10
      case (.lungLesion, .asian): 0.10
      default: 0.0
      }
    return sexEffect + raceEffect
  }
}

extension FindingModel {
  /// MIMIC-CXR: shares of the studies in its label table.
  static let mimic = FindingModel(
    rates: [
      Rate(0.198, 0.004, 0.043), Rate(0.171, 0.070, 0.026), Rate(0.046, 0.035, 0.013),
      Rate(0.115, 0.111, 0.051), Rate(0.031, 0.023, 0.040), Rate(0.017, 0.004, 0.001),
      Rate(0.027, 0.004, 0.004), Rate(0.222, 0.013, 0.009), Rate(0, 0, 0),
      Rate(0.232, 0.119, 0.023), Rate(0.008, 0.001, 0.003), Rate(0.069, 0.107, 0.078),
      Rate(0.041, 0.185, 0.004), Rate(0.287, 0.014, 0.0004),
    ],
    illnessWeight: 0.55, noFindingShare: 0.95)

  /// CheXpert: shares of the rows of its training table.
  static let chexpert = FindingModel(
    rates: [
      Rate(0.149, 0.006, 0.151), Rate(0.121, 0.050, 0.036), Rate(0.066, 0.126, 0.124),
      Rate(0.234, 0.093, 0.058), Rate(0.048, 0.097, 0.056), Rate(0.040, 0.011, 0.003),
      Rate(0.041, 0.006, 0.007), Rate(0.473, 0.030, 0.025), Rate(0, 0, 0),
      Rate(0.386, 0.158, 0.052), Rate(0.016, 0.001, 0.012), Rate(0.027, 0.013, 0.084),
      Rate(0.087, 0.252, 0.014), Rate(0.519, 0.027, 0.005),
    ],
    illnessWeight: 0.40, noFindingShare: 0.84)
}
