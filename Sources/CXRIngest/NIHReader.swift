// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore
internal import CXRFiles

/// Reads the official files of NIH ChestX-ray14 into the content of a dataset.
struct NIHReader {
  private let files: NIHFiles
  private let options: NIHIngester.Options
  private var tally: RecordTally
  private var sideDiagnostics: [Diagnostic] = []

  init(files: NIHFiles, options: NIHIngester.Options) throws {
    self.files = files
    self.options = options
    tally = RecordTally(fileName: fileName(of: files.labels), policy: options.badRecords)
  }

  /// The number of metadata records read.
  var recordsRead: Int { tally.readCount }

  /// What is worth telling, by file.
  var diagnostics: [Diagnostic] { tally.log.diagnostics + sideDiagnostics }

  /// The way from the records read to the radiographs kept.
  func flow(_ radiographs: [RadiographRecord]) -> [Provenance.FlowStep] {
    let byView = radiographs.reduce(into: [View: Int]()) { $0[$1.view, default: 0] += 1 }
    return [Provenance.FlowStep("records read", recordsRead)] + tally.flow
      + [Provenance.FlowStep("radiographs kept", radiographs.count)]
      + View.allCases.compactMap { view in
        byView[view].map { Provenance.FlowStep("kept: view \(view.rawValue)", $0) }
      }
  }

  mutating func read(progress: (Int) -> Void) throws -> DatasetContent {
    let labelSource = fileName(of: files.labels)
    let ageSource = fileName(of: files.ages)
    tally.note(
      "source", "labels are taken from \(labelSource), ages from \(ageSource)")
    var metadata = NIHMetadata(ages: files.ages == files.labels ? .sameFile : .otherFile)
    try metadata.read(files.labels, tally: &tally, progress: progress)
    if files.ages != files.labels {
      var ages = NIHAgeTable()
      var ageTally = RecordTally(fileName: ageSource, policy: options.badRecords)
      try ages.read(files.ages, tally: &ageTally)
      ages.replaceAges(of: &metadata.radiographs, tally: &ageTally)
      sideDiagnostics += ageTally.log.diagnostics
    }
    var content = DatasetContent(
      name: options.datasetName, title: "NIH ChestX-ray14", labelSource: labelSource,
      ageSource: ageSource, contentDigest: "", nativeLabels: metadata.nativeLabels,
      patients: metadata.patients, radiographs: metadata.radiographs)
    if let boxes = files.boxes {
      var boxTally = RecordTally(fileName: fileName(of: boxes), policy: options.badRecords)
      content.boxes = try NIHBoxes.read(boxes, of: metadata, tally: &boxTally)
      sideDiagnostics += boxTally.log.diagnostics
    }
    if let split = try officialSplit(of: metadata) { content.splits = [split] }
    return content
  }

  private mutating func officialSplit(of metadata: NIHMetadata) throws -> SplitContent? {
    guard let trainList = files.trainList, let testList = files.testList else {
      if let only = files.trainList ?? files.testList {
        sideDiagnostics.append(
          Diagnostic(
            .warning, code: "official-list-missing",
            message: "the other official list is missing; no official split was made",
            file: fileName(of: only)))
      }
      return nil
    }
    var partByImageName: [String: String] = [:]
    for (path, part) in [(trainList, "train_val"), (testList, "test")] {
      var listTally = RecordTally(fileName: fileName(of: path), policy: options.badRecords)
      let reader = try CSVReader(path: path)
      var record = TableRecord()
      while try reader.read(into: &record) {
        let name = record.string(at: 0)
        guard record.fieldCount == 1, metadata.contains(name) else {
          listTally.warn(
            "unknown-image", "images of the list that the metadata does not have",
            line: record.line)
          continue
        }
        guard partByImageName.updateValue(part, forKey: name) == nil else {
          throw IngestError(
            .duplicate,
            "\(fileName(of: path)):\(record.line): the image is in the official lists twice; "
              + "download the lists again.")
        }
      }
      sideDiagnostics += listTally.log.diagnostics
    }
    return SplitContent(
      name: SplitContent.officialName, method: "official lists", seed: nil,
      detail: "\(fileName(of: trainList)), \(fileName(of: testList))",
      partByImageName: partByImageName)
  }
}
