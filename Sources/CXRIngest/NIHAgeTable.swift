// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRFiles

/// The ages of a second metadata generation, by image name.
struct NIHAgeTable {
  /// An age and the line that says it.
  private struct Age {
    let years: Double?
    let line: Int
  }

  private var ageByName: [String: Age] = [:]

  mutating func read(_ path: String, tally: inout RecordTally) throws {
    let reader = try CSVReader(path: path)
    try NIHHeader.require(
      NIHHeader.metadata, in: reader,
      option: "name Data_Entry_2017_v2020.csv or Data_Entry_2017.csv with --ages-from")
    var record = TableRecord()
    while try reader.read(into: &record) {
      tally.countRead()
      guard NIHHeader.isComplete(record, fieldCount: NIHHeader.metadata.count) else {
        try tally.drop(
          "ragged row",
          "\(record.fieldCount) fields where \(NIHHeader.metadata.count) are expected",
          line: record.line)
        continue
      }
      let name = record.string(at: 0)
      let former = ageByName.updateValue(
        Age(years: Self.ageYears(record, tally: &tally), line: record.line), forKey: name)
      if let former {
        throw IngestError(
          .duplicate,
          "\(path): lines \(former.line) and \(record.line) are of the same image; remove one of "
            + "them.")
      }
    }
  }

  /// Gives every radiograph the age of this generation.
  func replaceAges(of radiographs: inout [RadiographRecord], tally: inout RecordTally) {
    for index in radiographs.indices {
      let age = ageByName[radiographs[index].imageName]
      if age == nil {
        tally.warn("age-missing", "radiographs without a record in the ages' file, age unknown")
      }
      radiographs[index].ageYears = age?.years
    }
  }

  /// The age in a metadata record; an implausible or unreadable one is unknown.
  static func ageYears(_ record: TableRecord, tally: inout RecordTally) -> Double? {
    switch NIHAge(record[4]) {
    case .years(let years, let hasUnit):
      if !hasUnit, tally.fileName.hasPrefix("Data_Entry_2017.csv") {
        tally.warn(
          "age-without-unit",
          "ages without a unit in the 2017 generation: a copy that lost months and days; "
            + "prefer the official file or --ages-from v2020", line: record.line)
      }
      return years
    case .implausible:
      tally.warn(
        "age-implausible", "ages above \(Int(NIHAge.limitYears)) years, kept as unknown",
        line: record.line)
    case .unreadable:
      tally.warn("age-unreadable", "ages that are no numbers, kept as unknown", line: record.line)
    }
    return nil
  }
}
