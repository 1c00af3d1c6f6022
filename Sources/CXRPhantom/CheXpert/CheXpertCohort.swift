// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The simulated patients and studies that CheXpert and CheXpert Plus have in common.
struct CheXpertCohort {
  let seed: UInt64
  private let quirkPlan: QuirkPlan<CheXpertQuirk>
  private let studyPlan: StagePlan
  private let trainCount: Int
  private let validCount: Int

  /// The official numbers of training and validation patients.
  private static let publishedCounts = (train: 64_540, valid: 200)

  init(size: PhantomSize, seed: UInt64) {
    let plan = QuirkPlan<CheXpertQuirk>(seed: seed, purpose: "phantom.chexpert.quirk")
    let published = Self.publishedCounts
    let count = size.patientCount(published: published.train)
    self.seed = seed
    quirkPlan = plan
    trainCount = count
    validCount = max(3, (count * published.valid + published.train / 2) / published.train)
    studyPlan = StagePlan(
      patientCount: count, studyTotal: size.total(published: 187_641),
      radiographTotal: size.total(published: 223_414),
      studyCount: { index in
        let patient = CheXpertPatient(number: index + 1, part: .train, seed: seed, plan: plan)
        var draws = PhantomDraws(seed: seed, purpose: "phantom.chexpert.studies", index: index + 1)
        let count = draws.studyCount(
          severity: patient.person.severity, spread: 1.35, shift: -0.15)
        return patient.quirks.contains(.studiesOutOfOrder) ? max(count, 2) : count
      },
      radiographCount: { index, study in
        var draws = PhantomDraws(
          seed: seed, purpose: "phantom.chexpert.radiographs", index: (index + 1) * 100 + study)
        return draws.pick(weighted: [(1, 0.82), (2, 0.17), (3, 0.01)])
      })
  }

  /// The patients in the order of their numbers, the training part first.
  ///
  /// Validation patients follow the official numbers, so that both parts can grow.
  var patients: some Sequence<CheXpertPatient> {
    let firstValid = max(trainCount, Self.publishedCounts.train) + 1
    let numbers =
      (1...trainCount).map { ($0, CheXpertPatient.Part.train) }
      + (firstValid..<firstValid + validCount).map { ($0, .valid) }
    return numbers.lazy.map { [seed, quirkPlan] number, part in
      CheXpertPatient(number: number, part: part, seed: seed, plan: quirkPlan)
    }
  }

  /// Patients of the demographics file who have no radiographs.
  var patientsWithoutRadiographs: [CheXpertPatient] {
    let first = max(trainCount, Self.publishedCounts.train) + validCount + 1
    return (first..<first + max(trainCount / 100, 1)).map {
      CheXpertPatient(number: $0, part: .valid, seed: seed, plan: quirkPlan)
    }
  }

  /// The studies of a patient, in the order of the official files.
  func studies(of patient: CheXpertPatient) -> [CheXpertStudy] {
    guard patient.part == .train else { return [validStudy(of: patient)] }
    let studies = studyPlan.radiographCounts(ofPatient: patient.number - 1).enumerated().map {
      CheXpertStudy(
        of: patient, number: $0 + 1, radiographCount: $1, seed: seed, plan: quirkPlan)
    }
    // Not sorted: the first study comes last.
    guard patient.quirks.contains(.studiesOutOfOrder), let first = studies.first else {
      return studies
    }
    return studies.dropFirst() + [first]
  }

  /// 34 of 200 validation studies have a second radiograph, two of them a frontal one.
  private func validStudy(of patient: CheXpertPatient) -> CheXpertStudy {
    let index = patient.number - max(trainCount, Self.publishedCounts.train) - 1
    return CheXpertStudy(
      of: patient, number: 1, radiographCount: index * 17 % 100 < 17 ? 2 : 1,
      isFrontalExtra: index % 100 == 0, seed: seed, plan: quirkPlan)
  }
}
