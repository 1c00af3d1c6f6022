// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles

/// MIMIC-CXR-JPG with reports, and the patients and admissions of MIMIC-IV, simulated.
struct MIMICPhantom {
  let seed: UInt64
  let layout: PhantomLayout
  /// The number of patients with radiographs.
  let patientCount: Int
  let quirkPlan: QuirkPlan<MIMICQuirk>
  private let studyPlan: StagePlan

  init(size: PhantomSize, seed: UInt64, layout: PhantomLayout) {
    let plan = QuirkPlan<MIMICQuirk>(seed: seed, purpose: "phantom.mimic.quirk")
    let count = size.patientCount(published: 65_379)
    self.seed = seed
    self.layout = layout
    patientCount = count
    quirkPlan = plan
    studyPlan = StagePlan(
      patientCount: count, studyTotal: size.total(published: 227_835),
      radiographTotal: size.total(published: 377_110),
      studyCount: { index in
        let patient = MIMICPatient(
          number: index + 1, seed: seed, plan: plan, layout: layout.mimicIV)
        var draws = PhantomDraws(seed: seed, purpose: "phantom.mimic.studies", index: index + 1)
        // The test part holds patients with many studies.
        let factor = patient.part == .test ? 3 : 1
        return factor
          * draws.studyCount(severity: patient.person.severity, spread: 1.45, shift: -0.05)
      },
      radiographCount: { index, study in
        var draws = PhantomDraws(
          seed: seed, purpose: "phantom.mimic.radiographs", index: (index + 1) * 100 + study)
        let patient = MIMICPatient(
          number: index + 1, seed: seed, plan: plan, layout: layout.mimicIV)
        let isPortable = MIMICStudy.isPortable(of: patient, number: study, seed: seed)
        let count = draws.pick(
          weighted: isPortable
            ? [(1, 0.87), (2, 0.11), (3, 0.02)] : [(1, 0.03), (2, 0.68), (3, 0.27), (4, 0.02)])
        return plan.copiesFirst(patient: index + 1, study: study) ? max(count, 2) : count
      })
  }

  /// Writes the dataset into a folder that exists.
  ///
  /// - Parameters:
  ///   - folder: The path of the folder.
  ///   - films: Gets the pictures; `nil` for none.
  ///   - progress: Called with the number of radiographs written so far.
  /// - Returns: The catalog that should come of it.
  /// - Throws: `FileError` with code `.unwritable`.
  func write(
    to folder: String, films: inout FilmPlan?, progress: (Int) -> Void
  ) throws(FileError) -> TruthTable {
    let files = try MIMICFiles(folder: folder, layout: layout)
    var truth = TruthTable()
    var tally = QuirkTally<MIMICQuirk>()
    // MIMIC-IV knows more patients than those with radiographs.
    let order = (1...patientCount + max(patientCount / 10, 1)).sorted {
      MIMICPatient.subjectID(of: $0) < MIMICPatient.subjectID(of: $1)
    }
    for number in order {
      let patient = MIMICPatient(
        number: number, seed: seed, plan: quirkPlan, layout: layout.mimicIV)
      try files.append(patient)
      guard number <= patientCount else {
        if !patient.quirks.contains(.patientNotInMIMICIV) {
          tally.count(.patientWithoutRadiograph)
        }
        continue
      }
      count(patient, in: &tally)
      for study in studies(of: patient) {
        let report = MIMICReport(of: study, patient: patient, seed: seed)
        try files.append(study, of: patient, report: report)
        truth.truth.reportCount += 1
        if report.hasImpression { truth.truth.impressionCount += 1 }
        count(study, of: patient, hasImpression: report.hasImpression, in: &tally)
        append(study, of: patient, to: &truth)
        if films != nil { plan(study, of: patient, in: &films) }
      }
      progress(truth.truth.radiographCount)
    }
    try files.finish()
    tally.count(.fileNameOfEarlierRelease, 4)
    truth.truth.recordCount = truth.truth.radiographCount
    truth.truth.quirks = tally.quirks
    return truth
  }

  /// The studies of a patient, ordered by their identifiers as in the official files.
  private func studies(of patient: MIMICPatient) -> [MIMICStudy] {
    studyPlan.radiographCounts(ofPatient: patient.number - 1).enumerated().map { number, count in
      MIMICStudy(of: patient, number: number, radiographCount: count, seed: seed, plan: quirkPlan)
    }
    .sorted { $0.studyID < $1.studyID }
  }

  private func append(
    _ study: MIMICStudy, of patient: MIMICPatient, to truth: inout TruthTable
  ) {
    let findings =
      study.quirks.contains(.studyWithoutLabels)
      ? StudyFindings(allAre: .unannotated) : study.findings
    for radiograph in study.radiographs {
      truth.append(
        TruthTable.Row(
          imageName: radiograph.dicomID, patient: String(patient.subjectID),
          study: String(study.studyID), sex: patient.recordedSex, race: patient.recordedRace,
          ageYears: patient.ageYears(at: study.day), view: radiograph.view, findings: findings,
          part: patient.part.rawValue))
    }
  }

  private func plan(
    _ study: MIMICStudy, of patient: MIMICPatient, in films: inout FilmPlan?
  ) {
    let years = study.day.year - patient.firstDay.year
    let age =
      patient.ageYears(at: study.day) ?? Double(patient.person.firstAgeYears + years)
    for radiograph in study.radiographs {
      films?.append(
        FilmPlan.Entry(
          path: "\(patient.folder)/s\(study.studyID)/\(radiograph.dicomID).jpg",
          patient: patient.number, study: study.number, film: radiograph.film % 1_000,
          person: (
            age, patient.person.sex, patient.recordedRace ?? patient.person.race
          ), view: radiograph.projection.view, findings: study.findings,
          nativeSize: (radiograph.columns, radiograph.rows), format: .jpeg))
    }
  }

  private func count(_ patient: MIMICPatient, in tally: inout QuirkTally<MIMICQuirk>) {
    guard !patient.quirks.contains(.patientNotInMIMICIV) else {
      return tally.count(.patientNotInMIMICIV)
    }
    if patient.anchorAge == 91 { tally.count(.ageTopCoded) }
    guard !patient.admissions.isEmpty else { return tally.count(.patientWithoutAdmission) }
    let groups = Set(patient.admissions.compactMap(\.group))
    if groups.count > 1 { tally.count(.racesConflict) }
    if groups.isEmpty { tally.count(.raceOutsideGroups) }
    if groups.count == 1, patient.admissions.contains(where: { $0.group == nil }) {
      tally.count(.raceBesideUnknown)
    }
  }

  private func count(
    _ study: MIMICStudy, of patient: MIMICPatient, hasImpression: Bool,
    in tally: inout QuirkTally<MIMICQuirk>
  ) {
    for quirk in study.quirks {
      switch quirk {
      case .studyTimeShort: tally.count(quirk, study.radiographs.count)
      case .studyBeforeAnchorYear where patient.quirks.contains(.patientNotInMIMICIV): break
      default: tally.count(quirk)
      }
    }
    if !patient.quirks.contains(.patientNotInMIMICIV), patient.ageYears(at: study.day) == nil {
      tally.count(.ageNegative)
    }
    for radiograph in study.radiographs {
      for quirk in radiograph.quirks { tally.count(quirk) }
    }
  }
}
