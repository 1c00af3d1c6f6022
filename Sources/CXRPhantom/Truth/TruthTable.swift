// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles

/// The catalog that a simulated dataset should become, one row per radiograph that is kept.
///
/// Radiographs are appended patient by patient and study by study, which is how patients and
/// studies are counted without remembering them.
struct TruthTable {
  /// One radiograph as the catalog should hold it.
  struct Row {
    var imageName: String
    var patient: String
    var study = ""
    var sex: Sex?
    var race: Race?
    var ageYears: Double?
    var view: View
    var findings: StudyFindings
    /// The official part, or `nil` when there is none.
    var part: String?
  }

  private static let header =
    ["imageName", "patient", "study", "sex", "race", "ageYears", "view"]
    + Finding.allCases.map(\.name)

  /// The counts so far.
  var truth = DatasetTruth()
  private var writer = CSVWriter(header: Self.header)
  /// Where each row lies in the writer's bytes.
  private var lines: [Range<Int>] = []
  private var lastPatient = ""
  private var lastStudy = ""

  mutating func append(_ row: Row) {
    count(row)
    let start = writer.bytes.count
    writer.append(
      [
        row.imageName, row.patient, row.study, row.sex?.rawValue ?? "", row.race?.rawValue ?? "",
        row.ageYears.map(Self.text) ?? "", row.view.rawValue,
      ] + Finding.allCases.map { row.findings[$0].word })
    lines.append(start..<writer.bytes.count)
  }

  /// Counts a record that the default rules drop.
  mutating func drop(_ reason: String) { truth.droppedByReason[reason, default: 0] += 1 }

  /// Writes the rows, ordered by image name.
  func write(to path: String) throws(FileError) {
    let output = try OutputFile(path: path)
    try output.write(CSVWriter(header: Self.header).bytes)
    let bytes = writer.bytes
    // A line begins with its image name, and no name begins with another one.
    for line in lines.sorted(by: { bytes[$0].lexicographicallyPrecedes(bytes[$1]) }) {
      try output.write(Array(bytes[line]))
    }
    try output.finish()
  }

  private mutating func count(_ row: Row) {
    truth.radiographCount += 1
    if row.patient != lastPatient { truth.patientCount += 1 }
    if !row.study.isEmpty, row.study != lastStudy { truth.studyCount += 1 }
    (lastPatient, lastStudy) = (row.patient, row.study)
    truth.radiographsByView[row.view.rawValue, default: 0] += 1
    truth.radiographsBySex[row.sex?.rawValue ?? "unknown", default: 0] += 1
    truth.radiographsByRace[row.race?.rawValue ?? "unknown", default: 0] += 1
    if row.ageYears == nil { truth.unknownAgeCount += 1 }
    if let part = row.part { truth.radiographsByPart[part, default: 0] += 1 }
    for finding in Finding.allCases {
      switch row.findings[finding] {
      case .positive: truth.positivesByFinding[finding.name, default: 0] += 1
      case .uncertain: truth.uncertainByFinding[finding.name, default: 0] += 1
      default: break
      }
    }
  }

  /// A number of years as the catalog exports it: whole years without decimals.
  private static func text(_ ageYears: Double) -> String {
    Int(exactly: ageYears).map(String.init) ?? String(ageYears)
  }
}
