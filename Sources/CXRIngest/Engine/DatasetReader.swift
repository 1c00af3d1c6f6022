// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore
internal import CXRFiles

/// Reads the images of a dataset, record by record, into radiographs.
///
/// A class, because a value of this size would be copied with every record.
final class DatasetReader {
  private let descriptor: DatasetDescriptor
  private let images: ImageTable
  private let policy: BadRecordPolicy
  private let reader: RadiographReader
  private var labels: LabelReader?
  private let voter: BoundColumn?
  private let split: BoundColumn?
  private let exclusions: [(rule: ExclusionRule, condition: BoundCondition?)]
  private let sections: [(section: String, column: BoundColumn)]
  private(set) var sectionCollector = SectionCollector()

  private(set) var radiographs: [RadiographRecord] = []
  private(set) var partByImageName: [String: String] = [:]
  private(set) var flow = FlowCount()
  /// The line of each radiograph's first record.
  private var lines: [Int] = []
  /// The tally of the file that is being read, and those of the files before it.
  private var tally = RecordTally(fileName: "", policy: BadRecordPolicy())
  private var tallies: [RecordTally] = []
  /// Where readers vote: the radiograph of each image, `nil` for one that is excluded.
  private var indexByImageName: [String: Int?] = [:]
  private var votes: [VoteCount] = []

  init(
    _ descriptor: DatasetDescriptor, images: ImageTable, policy: BadRecordPolicy
  ) throws(IngestError) {
    self.descriptor = descriptor
    self.images = images
    self.policy = policy
    reader = try RadiographReader(descriptor, in: images)
    labels = descriptor.labels.map { LabelReader($0, in: images) }
    voter = descriptor.votes.flatMap { images.bind($0.reader, key: "votes.reader") }
    split = descriptor.split.flatMap { images.bind($0, key: "split") }
    exclusions = descriptor.exclusions.map { rule in
      (rule, rule.condition.map { BoundCondition($0, in: images, key: "exclusions") })
    }
    if case .columns(let columns) = descriptor.reports {
      sections = columns.compactMap { name, rule in
        images.bind(rule, key: "reports.sections.\(name)").map { (name, $0) }
      }
    } else {
      sections = []
    }
  }

  var patients: [PatientRecord] { reader.patients.patients }
  var nativeLabels: [NativeLabel] { labels?.vocabulary.labels ?? [] }
  var recordsRead: Int { tallies.reduce(0) { $0 + $1.readCount } }
  var diagnostics: [Diagnostic] { tallies.flatMap(\.diagnostics) }
  var unusable: [Provenance.FlowStep] { tallies.flatMap(\.flow) }

  func read(progress: (Int) -> Void) throws {
    var recordCount = 0
    try images.forEachRecord { isComplete in
      if tally.fileName != images.fileName {
        try labels?.requireColumns(images)
        beginFile()
      }
      recordCount += 1
      if recordCount % 4096 == 0 {
        try Task.checkCancellation()
        progress(recordCount)
      }
      try readRecord(isComplete: isComplete)
    }
    settleVotes()
    tallies.append(tally)
    try sort()
  }

  private func beginFile() {
    if !tally.fileName.isEmpty { tallies.append(tally) }
    tally = RecordTally(fileName: images.fileName, policy: policy, words: tally.words)
  }

  private func readRecord(isComplete: Bool) throws {
    tally.countRead()
    let line = images.record.line
    guard isComplete else {
      let mismatch = images.header?.mismatch(of: images.record) ?? "no header"
      return try tally.drop("ragged row", mismatch, line: line)
    }
    do throws(RecordFault) {
      let name = try reader.imageName(images).get()
      if voter != nil, let index = indexByImageName[name] {
        if let index { addVote(to: index) }
        return
      }
      let patientKey = try reader.patientKey(imageName: name, images).get()
      readRadiograph(name, patientKey: patientKey)
    } catch {
      try tally.drop(error.reason, error.detail, line: line)
    }
  }

  private func readRadiograph(_ name: String, patientKey: String) {
    let line = images.record.line
    let view = reader.view(images)
    let reading = labels?.read(images)
    flow.countRead(view.view)
    if let reason = exclusion(of: name, reading) {
      flow.countExcluded(reason, view.view)
      if voter != nil { indexByImageName[name] = .some(nil) }
      return
    }
    let part = split.flatMap(images.text)
    var radiograph = reader.radiograph(
      name, patientKey: patientKey, part: part, view: view, images, tally: &tally)
    if let reading {
      for warning in reading.warnings { tally.warn(warning, line: line) }
      if reading.isBlank, reading.warnings.isEmpty {
        tally.note("label-blank", "radiographs of whose labels nothing is said", line: line)
      }
      if reading.unreadTextCount > 0 {
        tally.note(
          "label-text-unread",
          "texts in which nothing was found that is looked for, not kept as native labels",
          line: line, count: reading.unreadTextCount)
      }
      radiograph.findings = reading.findings
      radiograph.nativeLabels = reading.nativeLabels
    }
    if let voter {
      indexByImageName[name] = radiographs.count
      var count = VoteCount()
      count.add(reading?.nativeLabels ?? [], of: images.text(voter) ?? "")
      votes.append(count)
    }
    if let part { partByImageName[name] = part }
    // A report needs a study to belong to.
    if !sections.isEmpty, radiograph.studyKey == nil { radiograph.studyKey = name }
    collectSections(of: radiograph)
    radiographs.append(radiograph)
    lines.append(line)
  }

  private func collectSections(of radiograph: RadiographRecord) {
    guard !sections.isEmpty else { return }
    let texts = sections.compactMap { name, column in
      images.text(column).map { (name, $0) }
    }
    sectionCollector.add(texts, of: radiograph)
  }

  private func exclusion(of name: String, _ reading: LabelReading?) -> String? {
    exclusions.first { rule, condition in
      if rule.images.contains(name) { return true }
      if let condition, condition.holds(images) { return true }
      guard let label = rule.label, let reading else { return false }
      return labels?.contains(label, in: reading.nativeLabels) ?? false
    }?.rule.reason
  }

  private func addVote(to index: Int) {
    guard let voter, let reading = labels?.read(images) else { return }
    for warning in reading.warnings { tally.warn(warning, line: images.record.line) }
    for finding in Finding.allCases where reading.findings[finding].isAnswer {
      radiographs[index].findings[finding] = .negative
    }
    votes[index].add(reading.nativeLabels, of: images.text(voter) ?? "")
  }

  /// Turns the readers' labels into those of the radiographs.
  private func settleVotes() {
    guard let rule = descriptor.votes, let labels else { return }
    for index in radiographs.indices {
      let agreed = votes[index].labels(by: rule.rule)
      radiographs[index].nativeLabels = agreed
      // What no reader was asked, or nobody answered, stays as it is.
      let answered = labels.findings(of: agreed)
      for finding in Finding.allCases where radiographs[index].findings[finding].isAnswer {
        radiographs[index].findings[finding] = answered[finding]
      }
      let readerCount = votes[index].readerCount
      if votes[index].hasReaders, !rule.readerCounts.isEmpty,
        !rule.readerCounts.contains(readerCount)
      {
        tally.warn(
          "reader-count", "images with \(readerCount) readers, not the usual number",
          line: lines[index])
      }
    }
  }

  /// Orders the radiographs by name, in which order the catalog's indexes only grow at their end.
  ///
  /// - Throws: ``IngestError`` with code `.duplicate` when two records are of the same image.
  private func sort() throws(IngestError) {
    // The names alone: a comparison must not copy radiographs.
    let names = radiographs.map(\.imageName)
    guard !zip(names, names.dropFirst()).allSatisfy(<) else { return }
    let order = names.indices.sorted { (names[$0], $0) < (names[$1], $1) }
    for (first, second) in zip(order, order.dropFirst()) where names[first] == names[second] {
      throw IngestError(
        .duplicate,
        "\(tallies.map(\.fileName).joined(separator: ", ")): lines \(lines[first]) and "
          + "\(lines[second]) are of the same image; remove one of them.")
    }
    radiographs = order.map { radiographs[$0] }
  }
}

extension LabelState {
  /// Whether somebody has looked for the finding.
  fileprivate var isAnswer: Bool { self != .unmentioned && self != .unannotated }
}
