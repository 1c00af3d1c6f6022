// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A simulated study of CheXpert with its radiographs.
struct CheXpertStudy {
  /// A radiograph: a row of train.csv or valid.csv.
  struct Radiograph {
    /// The path below the dataset's root, such as `train/patient00001/study1/view1_frontal.jpg`.
    let path: String
    let isFrontal: Bool
    /// The column AP/PA.
    let projection: String
    let quirks: Set<CheXpertQuirk>

    /// The view by the default rule; `nil` for a frontal radiograph with the code of a lateral.
    var view: View? {
      guard isFrontal else { return .lateral }
      return projection == "PA" ? .pa : projection == "AP" ? .ap : nil
    }
  }

  /// The number of the study, from 1.
  let number: Int
  let findings: StudyFindings
  let radiographs: [Radiograph]
  let quirks: Set<CheXpertQuirk>

  /// Draws a study.
  ///
  /// - Parameters:
  ///   - patient: The patient.
  ///   - number: The number of the study, from 1.
  ///   - radiographCount: The number of radiographs.
  ///   - isFrontalExtra: Whether a second radiograph is frontal, not lateral; `nil` to draw.
  ///   - seed: The seed of every draw.
  ///   - plan: Decides about the quirks.
  init(
    of patient: CheXpertPatient, number: Int, radiographCount: Int, isFrontalExtra: Bool? = nil,
    seed: UInt64, plan: QuirkPlan<CheXpertQuirk>
  ) {
    self.number = number
    let index = patient.number * 100 + number
    var draws = PhantomDraws(seed: seed, purpose: "phantom.chexpert.study", index: index)
    var drawn = FindingModel.chexpert.findings(
      of: patient.person, ageYears: patient.age(atStudy: number), draws: &draws)
    // A report says of something that it is not there, if of nothing else.
    if drawn == StudyFindings(allAre: .unmentioned) { drawn[.pneumothorax] = .negative }
    var quirks = plan.quirks(CheXpertQuirk.ofStudies, patient: patient.number, unit: number - 1)
    if patient.part == .valid { quirks = [] }
    findings =
      patient.part == .valid
      ? Self.decided(drawn)
      : quirks.contains(.labelsAllBlank) ? StudyFindings(allAre: .unmentioned) : drawn
    let isPA = draws.happens(normalShare(below: -0.85 - 0.5 * patient.person.severity))
    let isFrontal = isFrontalExtra ?? draws.happens(isPA ? 0.03 : 0.08)
    let folder = "\(patient.part.rawValue)/\(patient.name)/study\(number)"
    radiographs = (1...radiographCount).map { view in
      // The first is frontal, the last of several mostly lateral.
      let isFrontal = view < radiographCount || view == 1 || isFrontal
      var quirks = plan.quirks(
        CheXpertQuirk.ofRows, patient: patient.number, unit: (number - 1) * 10 + view - 1)
      if !isFrontal || patient.part == .valid { quirks = [] }
      let projection =
        !isFrontal
        ? ""
        : quirks.contains(.frontalLL)
          ? "LL" : quirks.contains(.frontalRL) ? "RL" : isPA ? "PA" : "AP"
      return Radiograph(
        path: "\(folder)/view\(view)_\(isFrontal ? "frontal" : "lateral").jpg",
        isFrontal: isFrontal, projection: projection, quirks: quirks)
    }
    self.quirks = quirks
  }

  /// The picture of a radiograph, which CheXpert and CheXpert Plus have in common.
  ///
  /// - Parameters:
  ///   - view: The number of the radiograph in the study, from 0.
  ///   - patient: The patient.
  ///   - path: The path of the file below the dataset's folder.
  ///   - format: The kind of file.
  /// - Returns: What a plan of films takes.
  func film(
    _ view: Int, of patient: CheXpertPatient, path: String, format: FilmFormat
  ) -> FilmPlan.Entry {
    let age =
      patient.ageYears(atStudy: number) ?? Double(patient.person.firstAgeYears + number / 4)
    return FilmPlan.Entry(
      path: path, patient: patient.number, study: number, film: number * 10 + view,
      person: (age, patient.person.sex, patient.recordedRace ?? patient.person.race),
      view: radiographs[view].view ?? .ap, findings: findings,
      // The tables give no size; most of the official small copies are 390 by 320.
      nativeSize: (390, 320), format: format)
  }

  /// Labels as radiologists give them: every finding is there or is not.
  private static func decided(_ findings: StudyFindings) -> StudyFindings {
    var decided = StudyFindings(allAre: .negative)
    for finding in findings.findings(.positive) { decided[finding] = .positive }
    if decided.isUnremarkable { decided[.noFinding] = .positive }
    return decided
  }
}
