// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles

/// CheXpert 1.0 and its demographics, simulated.
struct CheXpertPhantom {
  private let cohort: CheXpertCohort
  private let layout: PhantomLayout

  init(size: PhantomSize, seed: UInt64, layout: PhantomLayout) {
    cohort = CheXpertCohort(size: size, seed: seed)
    self.layout = layout
  }

  private static let header =
    ["Path", "Sex", "Age", "Frontal/Lateral", "AP/PA"] + Finding.chexpertOrder.map(\.name)

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
    let train = try TableFile("\(folder)/train.csv", header: Self.header)
    let valid = try TableFile("\(folder)/valid.csv", header: Self.header)
    let demographics = try CheXpertDemographics(folder: folder, layout: layout.demographics)
    var truth = TruthTable()
    var tally = QuirkTally<CheXpertQuirk>()
    for patient in cohort.patients {
      try demographics.append(patient, tally: &tally)
      count(patient, in: &tally)
      for study in cohort.studies(of: patient) {
        count(study, of: patient, in: &tally)
        for radiograph in study.radiographs {
          try (patient.part == .train ? train : valid).append(
            [
              "\(layout.chexpertRoot.rawValue)/\(radiograph.path)", patient.sexText,
              String(patient.age(atStudy: study.number)),
              radiograph.isFrontal ? "Frontal" : "Lateral", radiograph.projection,
            ] + study.findings.cells(Finding.chexpertOrder))
          truth.truth.recordCount += 1
          append(radiograph, study, patient, to: &truth)
        }
        if films != nil { plan(study, of: patient, in: &films) }
      }
      progress(truth.truth.recordCount)
    }
    for patient in cohort.patientsWithoutRadiographs {
      try demographics.append(patient, tally: &tally)
      if !patient.quirks.contains(.notInDemographics) { tally.count(.demographicsOnly) }
    }
    try train.finish()
    try valid.finish()
    try demographics.finish()
    truth.truth.quirks = tally.quirks
    return truth
  }

  private func append(
    _ radiograph: CheXpertStudy.Radiograph, _ study: CheXpertStudy, _ patient: CheXpertPatient,
    to truth: inout TruthTable
  ) {
    guard let view = radiograph.view else {
      return truth.drop("frontal with a lateral AP/PA code")
    }
    truth.append(
      TruthTable.Row(
        imageName: radiograph.path, patient: patient.name,
        study: "\(patient.name)/study\(study.number)", sex: patient.recordedSex,
        race: patient.recordedRace, ageYears: patient.ageYears(atStudy: study.number), view: view,
        findings: study.findings, part: patient.part.rawValue))
  }

  private func plan(
    _ study: CheXpertStudy, of patient: CheXpertPatient, in films: inout FilmPlan?
  ) {
    for view in study.radiographs.indices {
      films?.append(
        study.film(view, of: patient, path: study.radiographs[view].path, format: .jpeg))
    }
  }

  private func count(_ patient: CheXpertPatient, in tally: inout QuirkTally<CheXpertQuirk>) {
    for quirk in [CheXpertQuirk.sexUnknown, .ageZero, .notInDemographics]
    where patient.quirks.contains(quirk) { tally.count(quirk) }
  }

  private func count(
    _ study: CheXpertStudy, of patient: CheXpertPatient,
    in tally: inout QuirkTally<CheXpertQuirk>
  ) {
    let rowCount = study.radiographs.count
    for quirk in study.quirks { tally.count(quirk) }
    for radiograph in study.radiographs {
      for quirk in radiograph.quirks { tally.count(quirk) }
      if !radiograph.isFrontal { tally.count(.laterals) }
    }
    if study.radiographs.count(where: \.isFrontal) > 1 { tally.count(.twoFrontals) }
    if patient.age(atStudy: study.number) == 90 { tally.count(.ageTopCoded, rowCount) }
    if study.number == 1, patient.quirks.contains(.studiesOutOfOrder), patient.part == .train,
      cohort.studies(of: patient).count > 1
    {
      tally.count(.studiesOutOfOrder)
    }
    let findings = study.findings
    if findings[.noFinding] == .positive, findings[.supportDevices] == .positive {
      tally.count(.noFindingWithDevices, rowCount)
    }
    if findings.isUnremarkable, findings[.noFinding] != .positive,
      findings[.supportDevices] != .positive, findings[.supportDevices] != .uncertain
    {
      tally.count(.nothingSaid, rowCount)
    }
  }
}
