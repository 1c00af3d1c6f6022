// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension NIHPhantom {
  /// The catalog that labels and ages of the 2020 release should become.
  func truthTable() -> TruthTable {
    var truth = TruthTable()
    var tally = QuirkTally<NIHQuirk>()
    for row in radiographs {
      truth.append(
        TruthTable.Row(
          imageName: row.name, patient: row.patient.number.padded(to: 8), sex: row.patient.sex,
          ageYears: Double(row.ageYears), view: row.view, findings: Self.findings(row.labels2020),
          part: row.patient.isTest ? "test" : "train_val"))
      if row.age2017.hasSuffix("M") { tally.count(.ageInMonths) }
      if row.age2017.hasSuffix("D") { tally.count(.ageInDays) }
      let years = row.age2017.hasSuffix("Y") ? Int(row.age2017.dropLast()) : nil
      if let years, years > 120 { tally.count(.ageTooHigh) }
      if years != row.ageYears { tally.count(.ageDiffers) }
      if row.ageYears == 0 { tally.count(.ageZero) }
      if row.followUp2020 != row.fileNumber { tally.count(.followUpDiffers) }
      if row.labels2017 != row.labels2020 { tally.count(.labelsDiffer) }
    }
    tally.count(.infiltrateInBoxes, boxRows().count { $0[1] == "Infiltrate" })
    tally.count(.carriageReturns, radiographs.count + 1)
    // The metadata of 2017 and the boxes.
    tally.count(.headerWithoutField, 2)
    truth.truth.recordCount = radiographs.count
    truth.truth.quirks = tally.quirks
    return truth
  }

  /// The states of the findings: what the dataset has no label for is unannotated.
  static func findings(_ labels: [NIHLabel]) -> StudyFindings {
    var findings = absent
    for finding in labels.compactMap(\.finding) { findings[finding] = .positive }
    return findings
  }

  private static let absent: StudyFindings = {
    var findings = StudyFindings(allAre: .unannotated)
    for finding in NIHLabel.allCases.compactMap(\.finding) { findings[finding] = .negative }
    return findings
  }()
}
