// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles

/// CheXpert's demographics file while it is written.
struct CheXpertDemographics {
  private enum Output {
    case workbook(XLSXWriter)
    case text(TableFile)
  }

  private let output: Output

  private static let header = ["PATIENT", "GENDER", "AGE_AT_CXR", "PRIMARY_RACE", "ETHNICITY"]

  init(folder: String, layout: PhantomLayout.Demographics) throws(FileError) {
    switch layout {
    case .workbook:
      let writer = try XLSXWriter(path: "\(folder)/CHEXPERT DEMO.xlsx")
      try writer.append(Self.header.map { .text($0) })
      output = .workbook(writer)
    case .text:
      output = .text(try TableFile("\(folder)/chexpert_patients.csv", header: Self.header))
    }
  }

  /// Appends a patient's row, if there is one.
  func append(
    _ patient: CheXpertPatient, tally: inout QuirkTally<CheXpertQuirk>
  ) throws(FileError) {
    guard !patient.quirks.contains(.notInDemographics) else { return }
    let words = patient.race
    count(words, in: &tally)
    let hasSpaces = patient.quirks.contains(.spacesInDemographics)
    if hasSpaces { tally.count(.spacesInDemographics) }
    let age = patient.age(atStudy: 1)
    let texts = [
      hasSpaces ? " \(patient.name)" : patient.name, patient.sexText,
      hasSpaces && !words.race.isEmpty ? "\(words.race) " : words.race, words.ethnicity,
    ]
    switch output {
    case .workbook(let writer):
      let cells = texts.map { $0.isEmpty ? XLSXCell.blank : .text($0) }
      try writer.append(cells[..<2] + [.number(Double(age))] + cells[2...])
    case .text(let file):
      try file.append(texts[..<2] + [String(age)] + texts[2...])
    }
  }

  private func count(_ words: CheXpertRace, in tally: inout QuirkTally<CheXpertQuirk>) {
    if words.race.isEmpty { tally.count(.raceBlank) }
    if words.ethnicity.isEmpty { tally.count(.ethnicityBlank) }
    if words.race.hasSuffix(", non-Hispanic") { tally.count(.nonHispanicInRace) }
    if words.race.hasSuffix(", Hispanic"), !words.ethnicity.hasPrefix("Hispanic") {
      tally.count(.hispanicInRaceOnly)
    }
  }

  func finish() throws(FileError) {
    switch output {
    case .workbook(let writer): try writer.finish()
    case .text(let file): try file.finish()
    }
  }
}
