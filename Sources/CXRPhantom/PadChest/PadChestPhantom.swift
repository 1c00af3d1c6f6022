// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles

/// PadChest, simulated.
struct PadChestPhantom {
  let seed: UInt64
  private let patientCount: Int
  private let quirkPlan: QuirkPlan<PadChestQuirk>
  private let studyPlan: StagePlan

  init(size: PhantomSize, seed: UInt64) {
    let plan = QuirkPlan<PadChestQuirk>(seed: seed, purpose: "phantom.padchest.quirk")
    let count = size.patientCount(published: 67_625)
    self.seed = seed
    patientCount = count
    quirkPlan = plan
    studyPlan = StagePlan(
      patientCount: count, studyTotal: size.total(published: 109_931),
      radiographTotal: size.total(published: 160_861),
      studyCount: { index in
        let patient = PadChestPatient(number: index + 1, seed: seed, plan: plan)
        var draws = PhantomDraws(seed: seed, purpose: "phantom.padchest.studies", index: index + 1)
        let count = draws.studyCount(
          severity: patient.person.severity, spread: 1.1, shift: -0.9)
        return min(count, 40)
      },
      radiographCount: { index, study in
        var draws = PhantomDraws(
          seed: seed, purpose: "phantom.padchest.images", index: (index + 1) * 100 + study)
        return draws.pick(weighted: [(1, 0.56), (2, 0.42), (3, 0.02)])
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
    let table = try PadChestTable(folder: folder)
    var truth = TruthTable()
    var tally = QuirkTally<PadChestQuirk>()
    for number in 1...patientCount {
      let patient = PadChestPatient(number: number, seed: seed, plan: quirkPlan)
      for quirk in patient.quirks { tally.count(quirk) }
      for (study, imageCount) in studyPlan.radiographCounts(ofPatient: number - 1).enumerated() {
        let study = PadChestStudy(of: patient, number: study, seed: seed, plan: quirkPlan)
        truth.truth.reportCount += 1
        let cells = PadChestLabelCells(of: study, patient: patient, seed: seed)
        for number in 0..<imageCount {
          let image = PadChestImage(
            of: study, patient: patient, number: number, seed: seed, plan: quirkPlan)
          try table.append(
            image, of: study, patient: patient, cells: cells, row: truth.truth.recordCount)
          truth.truth.recordCount += 1
          append(image, of: study, patient: patient, to: &truth)
          if films != nil { plan(image, number, of: study, patient: patient, in: &films) }
          for quirk in study.quirks.union(image.quirks).union(cells.quirks) { tally.count(quirk) }
        }
      }
      progress(truth.truth.recordCount)
    }
    try table.finish()
    truth.truth.quirks = tally.quirks
    return truth
  }

  private func plan(
    _ image: PadChestImage, _ number: Int, of study: PadChestStudy, patient: PadChestPatient,
    in films: inout FilmPlan?
  ) {
    let film = study.number * 10 + number
    let age = patient.ageYears(at: study.day) ?? Double(patient.trueAgeYears(at: study.day))
    films?.append(
      FilmPlan.Entry(
        path: image.path, patient: patient.number, study: study.number, film: film,
        person: (age, patient.person.sex, nil),
        view: image.view ?? .pa, findings: study.findings,
        nativeSize: (image.size.columns, image.size.rows), format: .deepPNG,
        damage: FilmDamage.draw(patient: patient.number, film: film, seed: seed)))
  }

  private func append(
    _ image: PadChestImage, of study: PadChestStudy, patient: PadChestPatient,
    to truth: inout TruthTable
  ) {
    guard let view = image.view else { return truth.drop("projection EXCLUDE") }
    guard !study.quirks.contains(.labelExclude) else { return truth.drop("label exclude") }
    truth.append(
      TruthTable.Row(
        imageName: image.imageID, patient: patient.patientID, study: study.studyID,
        sex: patient.recordedSex, ageYears: patient.ageYears(at: study.day), view: view,
        findings: study.findings))
  }
}
