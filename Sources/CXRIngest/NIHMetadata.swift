// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore
internal import CXRFiles

/// The radiographs and patients of an NIH metadata file.
struct NIHMetadata {
  private(set) var patients: [PatientRecord] = []
  var radiographs: [RadiographRecord] = []
  private(set) var nativeLabels = NIHVocabulary.labels
  /// The line of each radiograph's record, while they are in the order of the file.
  private var lines: [Int] = []
  private var patientIndexByKey: [String: Int] = [:]
  /// The lines whose follow-up number is not the image name's; tens of thousands in one generation.
  private var followUpDifferences: [Int] = []
  private var labelCells: [String: LabelCell] = [:]
  /// Where the ages come from.
  private let ages: AgeSource

  /// Where the ages of the radiographs come from.
  enum AgeSource {
    /// The metadata file itself.
    case sameFile
    /// Another generation; the ages of this one are not even looked at.
    case otherFile
  }

  init(ages: AgeSource) { self.ages = ages }

  /// What one spelling of the label cell says; a dataset has a few hundred of them.
  private struct LabelCell {
    var findings: FindingStates
    var nativeLabels: [Int]
    var warnings: [(code: String, message: String)]
  }

  /// Reads a metadata file; the radiographs are ordered by image name.
  mutating func read(
    _ path: String, tally: inout RecordTally, progress: (Int) -> Void
  ) throws {
    let reader = try CSVReader(path: path)
    try NIHHeader.require(
      NIHHeader.metadata, in: reader,
      option: "name Data_Entry_2017_v2020.csv or Data_Entry_2017.csv with --labels-from")
    var record = TableRecord()
    // The official file's records; growing step by step would copy most of them twice.
    radiographs.reserveCapacity(112_120)
    while try reader.read(into: &record) {
      tally.countRead()
      if tally.readCount % 4096 == 0 {
        try Task.checkCancellation()
        progress(tally.readCount)
      }
      try append(record, tally: &tally)
    }
    if let line = followUpDifferences.first {
      tally.note(
        "follow-up-differs", "follow-up numbers that differ from the image name's suffix",
        line: line, count: followUpDifferences.count)
    }
    try sort(fileName: tally.fileName)
  }

  /// Returns whether the metadata has an image.
  ///
  /// - Parameter name: The name of the image.
  /// - Returns: `true` when a radiograph has the name.
  /// - Complexity: O(log *n*).
  func contains(_ name: String) -> Bool {
    var range = radiographs.indices
    while let middle = range.isEmpty ? nil : range.lowerBound + range.count / 2 {
      if radiographs[middle].imageName == name { return true }
      range =
        radiographs[middle].imageName < name
        ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return false
  }

  /// Orders the radiographs by name, in which order the catalog's indexes only grow at their end.
  ///
  /// - Throws: ``IngestError`` with code `.duplicate` when two records are of the same image.
  private mutating func sort(fileName: String) throws(IngestError) {
    let isOrdered = zip(radiographs, radiographs.dropFirst()).allSatisfy {
      $0.imageName < $1.imageName
    }
    guard !isOrdered else { return }
    let order = radiographs.indices.sorted {
      (radiographs[$0].imageName, $0) < (radiographs[$1].imageName, $1)
    }
    for (first, second) in zip(order, order.dropFirst())
    where radiographs[first].imageName == radiographs[second].imageName {
      throw IngestError(
        .duplicate,
        "\(fileName): lines \(lines[first]) and \(lines[second]) are of the same image; "
          + "remove one of them.")
    }
    radiographs = order.map { radiographs[$0] }
  }

  private mutating func append(_ record: TableRecord, tally: inout RecordTally) throws {
    guard NIHHeader.isComplete(record, fieldCount: NIHHeader.metadata.count) else {
      return try tally.drop(
        "ragged row", "\(record.fieldCount) fields where \(NIHHeader.metadata.count) are expected",
        line: record.line)
    }
    let name = record.string(at: 0)
    guard let image = NIHImageName(record[0]) else {
      return try tally.drop(
        "image name", "the image name is not of the form 00000001_000.png", line: record.line)
    }
    guard record.naturalNumber(at: 3) == image.patientNumber else {
      return try tally.drop(
        "patient", "the patient differs from the first eight digits of the image name",
        line: record.line)
    }
    let patientIndex = patientIndex(of: String(name.prefix(8)), record, tally: &tally)
    let cell = labelCell(record.string(at: 1))
    for warning in cell.warnings { tally.warn(warning.code, warning.message, line: record.line) }
    var radiograph = RadiographRecord(
      imageName: name, patientIndex: patientIndex, view: view(record, tally: &tally),
      findings: cell.findings, nativeLabels: cell.nativeLabels)
    radiograph.nativeView = record[6].isEmpty ? nil : record.string(at: 6)
    if ages == .sameFile { radiograph.ageYears = NIHAgeTable.ageYears(record, tally: &tally) }
    radiograph.followUpNumber = record.naturalNumber(at: 2)
    if radiograph.followUpNumber != image.followUpNumber {
      followUpDifferences.append(record.line)
    }
    radiograph.widthPixels = pixels(record, 7, tally: &tally)
    radiograph.heightPixels = pixels(record, 8, tally: &tally)
    radiograph.pixelSpacingXMM = spacing(record, 9, tally: &tally)
    radiograph.pixelSpacingYMM = spacing(record, 10, tally: &tally)
    radiographs.append(radiograph)
    lines.append(record.line)
  }

  private mutating func patientIndex(
    of key: String, _ record: TableRecord, tally: inout RecordTally
  ) -> Int {
    let sex: Sex? =
      switch record[5].first {
      case UInt8(ascii: "F") where record[5].count == 1: .female
      case UInt8(ascii: "M") where record[5].count == 1: .male
      default: nil
      }
    if sex == nil {
      tally.warn("sex-unknown", "sexes other than M and F, kept as unknown", line: record.line)
    }
    if let index = patientIndexByKey[key] {
      if patients[index].sex != sex {
        tally.warn(
          "sex-conflict", "sexes that differ from the patient's first record, which counts",
          line: record.line)
      }
      return index
    }
    patientIndexByKey[key] = patients.count
    patients.append(PatientRecord(patientKey: key, sex: sex))
    return patients.count - 1
  }

  private func view(_ record: TableRecord, tally: inout RecordTally) -> View {
    switch record.string(at: 6) {
    case "PA": return .pa
    case "AP": return .ap
    case let word:
      tally.warn(
        "view-unknown", "views other than PA and AP, kept as \(word.isEmpty ? "unknown" : "other")",
        line: record.line)
      return word.isEmpty ? .unknown : .other
    }
  }

  private func pixels(_ record: TableRecord, _ index: Int, tally: inout RecordTally) -> Int? {
    if let value = record.naturalNumber(at: index), value > 0 { return value }
    tally.warn("size-unreadable", "image sizes that are no numbers, left out", line: record.line)
    return nil
  }

  private func spacing(_ record: TableRecord, _ index: Int, tally: inout RecordTally) -> Double? {
    if let value = record.finiteNumber(at: index), value > 0 { return value }
    tally.warn(
      "spacing-unreadable", "pixel spacings that are no numbers, left out", line: record.line)
    return nil
  }

  private mutating func labelCell(_ text: String) -> LabelCell {
    if let cell = labelCells[text] { return cell }
    let names = text.split(separator: "|").map(String.init)
    var cell = LabelCell(
      findings: names.isEmpty ? NIHVocabulary.unmentioned : NIHVocabulary.unlabelled,
      nativeLabels: [], warnings: [])
    if names.isEmpty {
      cell.warnings.append(("label-missing", "empty label cells, kept as unmentioned"))
    }
    for name in names {
      let index = nativeLabelIndex(name, in: &cell)
      guard !cell.nativeLabels.contains(index) else { continue }
      cell.nativeLabels.append(index)
      if let finding = nativeLabels[index].finding { cell.findings[finding] = .positive }
    }
    if cell.findings[.noFinding] == .positive, cell.nativeLabels.count > 1 {
      cell.warnings.append(
        ("no-finding-combined", "No Finding combined with another label, both kept"))
    }
    labelCells[text] = cell
    return cell
  }

  private mutating func nativeLabelIndex(_ name: String, in cell: inout LabelCell) -> Int {
    let index = nativeLabels.firstIndex { $0.name == name }
    if index == nil { nativeLabels.append(NativeLabel(name: name, finding: nil)) }
    if index ?? Int.max >= NIHVocabulary.labels.count {
      let nearest = NIHVocabulary.labels.map(\.name).nearest(to: name)
      cell.warnings.append(
        (
          "label-unknown",
          "label \(name) is not of the official 15, kept as a native label"
            + (nearest.map { "; the nearest is \($0)" } ?? "")
        ))
    }
    return index ?? nativeLabels.count - 1
  }
}
