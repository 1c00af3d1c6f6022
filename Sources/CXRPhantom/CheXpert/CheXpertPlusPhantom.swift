// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles

/// CheXpert Plus, simulated: the radiographs of the simulated CheXpert with reports.
struct CheXpertPlusPhantom {
  private let cohort: CheXpertCohort
  private let quirkPlan: QuirkPlan<CheXpertPlusQuirk>

  init(size: PhantomSize, seed: UInt64) {
    cohort = CheXpertCohort(size: size, seed: seed)
    quirkPlan = QuirkPlan(seed: seed, purpose: "phantom.chexpert-plus.quirk")
  }

  /// What is written of one radiograph.
  private struct Row {
    /// The number of the radiograph in its study, from 0.
    let view: Int
    let radiograph: CheXpertStudy.Radiograph
    let study: CheXpertStudy
    let patient: CheXpertPatient
    let report: CheXpertPlusReport
    let quirks: Set<CheXpertPlusQuirk>
    /// What CheXbert finds in the impression.
    let findings: StudyFindings
    /// Whether that differs from the study's first radiograph.
    let isChanged: Bool
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
    let files = try CheXpertPlusFiles(folder: folder)
    var truth = TruthTable()
    var tally = QuirkTally<CheXpertPlusQuirk>()
    for patient in cohort.patients {
      var reported: Set<Int> = []
      for row in rows(of: patient, tally: &tally) {
        try files.append(
          row.radiograph, row.study, row.patient, report: row.report, findings: row.findings,
          hasDICOM: !row.quirks.contains(.dicomPathBlank))
        truth.truth.recordCount += 1
        // The rows of a study repeat its report; a row that is dropped brings none.
        if row.radiograph.view != nil, reported.insert(row.study.number).inserted {
          truth.truth.reportCount += 1
          if !row.report.impression.isEmpty { truth.truth.impressionCount += 1 }
        }
        append(row, to: &truth)
        // The shipped pictures are PNG files although the paths say JPEG.
        films?.append(
          row.study.film(
            row.view, of: patient, path: "PNG/\(row.radiograph.path.dropLast(3))png", format: .png))
        for quirk in row.quirks { tally.count(quirk) }
        if row.report.findings.isEmpty {
          tally.count(.findingsBlank)
          tally.count(.findingsLabelsDegenerate)
        }
        tally.count(.accessionShared)
      }
      progress(truth.truth.recordCount)
    }
    try files.finish()
    truth.truth.quirks = tally.quirks
    return truth
  }

  private func rows(
    of patient: CheXpertPatient, tally: inout QuirkTally<CheXpertPlusQuirk>
  ) -> [Row] {
    var rows: [Row] = []
    for study in cohort.studies(of: patient) {
      let unit = study.number - 1
      let quirks = quirkPlan.quirks(
        CheXpertPlusQuirk.ofStudies, patient: patient.number, unit: unit)
      let index = patient.number * 100 + study.number
      let report = CheXpertPlusReport(of: study, index: index, seed: cohort.seed, quirks: quirks)
      var findings = study.findings
      if report.impression.isEmpty { findings = StudyFindings(allAre: .unmentioned) }
      let isSplit = !quirkPlan.quirks(
        [.labelsDifferWithinStudy], patient: patient.number, unit: unit
      ).isEmpty
      let changesFracture = isSplit && study.radiographs.count > 1
      for (number, radiograph) in study.radiographs.enumerated() {
        var own = findings
        // Two copies of a report were anonymised differently, and a word was lost.
        if changesFracture, number > 0 {
          own[.fracture] = own[.fracture] == .uncertain ? .unmentioned : .uncertain
        }
        rows.append(
          Row(
            view: number, radiograph: radiograph, study: study, patient: patient, report: report,
            quirks: quirks, findings: own, isChanged: own != findings))
      }
    }
    // 186 of the official 64,540 training patients have lost a row.
    if patient.part == .train, patient.number % 347 == 18 {
      rows.removeLast()
      tally.count(.rowMissing)
    }
    tally.count(
      .labelsDifferWithinStudy, Set(rows.filter(\.isChanged).map(\.study.number)).count)
    return rows
  }

  private func append(_ row: Row, to truth: inout TruthTable) {
    guard let view = row.radiograph.view else {
      return truth.drop("frontal with a lateral AP/PA code")
    }
    let patient = row.patient
    truth.append(
      TruthTable.Row(
        imageName: row.radiograph.path, patient: patient.name,
        study: "\(patient.name)/study\(row.study.number)", sex: patient.recordedSex,
        race: patient.recordedRace, ageYears: patient.ageYears(atStudy: row.study.number),
        view: view, findings: row.findings, part: patient.part.rawValue))
  }
}
