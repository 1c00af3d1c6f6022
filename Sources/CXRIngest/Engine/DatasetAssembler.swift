// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore
internal import CXRFiles

/// Puts the content of a dataset together from its tables.
struct DatasetAssembler {
  let descriptor: DatasetDescriptor
  let tables: [LocatedTable]
  let policy: BadRecordPolicy
  private(set) var recordsRead = 0
  private(set) var flow: [Provenance.FlowStep] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(descriptor: DatasetDescriptor, tables: [LocatedTable], policy: BadRecordPolicy) {
    self.descriptor = descriptor
    self.tables = tables
    self.policy = policy
  }

  /// The first file of the images.
  var imagesPath: String { table(DatasetDescriptor.imagesTable)?.paths.first ?? "" }

  mutating func read(
    progress: (DatasetIngester.Stage, Int) -> Void
  ) throws -> DatasetContent {
    guard let located = table(DatasetDescriptor.imagesTable) else {
      throw IngestError(
        .missingInput, "The descriptor names no table of images; add tables.images.")
    }
    let joined = tables.filter { $0.rule.join != nil && $0.rule.name != reportsTable }
    let cellText = CellText(nulls: descriptor.nulls)
    let images = ImageTable(
      located: located, joined: joined.map(\.rule), imageID: descriptor.image.id, cellText: cellText
    )
    let reader = try DatasetReader(descriptor, images: images, policy: policy)
    noteSources(located)
    for table in tables {
      for file in table.missing {
        diagnostics.append(
          Diagnostic(
            .warning, code: "file-missing",
            message: "\(file) is not there; table \(table.rule.name) is read without it",
            file: file))
      }
    }
    for (file, column) in try images.checkHeaders() {
      diagnostics.append(
        Diagnostic(
          .note, code: "column-missing",
          message: "read without the column \(column), which other files of the table have",
          file: file))
    }
    var joinedDiagnostics: [Diagnostic] = []
    progress(.joining, 0)
    try images.load(joined) { _, path in
      RecordTally(fileName: fileName(of: path), policy: policy)
    } finished: {
      joinedDiagnostics += $0.diagnostics
    }
    try reader.read { progress(.reading, $0) }
    diagnostics += reader.diagnostics + joinedDiagnostics
    diagnostics += images.recordsWithoutImage.map { place, count in
      Diagnostic(
        .warning, code: "unknown-image",
        message: "records of images that the metadata does not have",
        file: place.file, line: place.line, count: count)
    }
    recordsRead = reader.recordsRead
    flow = reader.flow.steps(
      recordsRead: recordsRead, unusable: reader.unusable, kept: reader.radiographs)
    var content = DatasetContent(
      name: descriptor.name, title: descriptor.title, labelSource: source(of: labelTable),
      ageSource: source(of: ageTable), contentDigest: "", nativeLabels: reader.nativeLabels,
      patients: reader.patients, radiographs: reader.radiographs)
    content.suggestedPolicy = descriptor.suggestedPolicy
    content.descriptor = descriptor.text
    content.boxes = try boxes(of: reader.radiographs, cellText)
    content.reports = try reports(of: reader, progress: progress)
    if hasOfficialSplit, !reader.partByImageName.isEmpty {
      content.splits = [officialSplit(reader.partByImageName)]
    }
    return content
  }

  /// Whether the parts are all there: a list of one part alone would make the rest seem undivided.
  private var hasOfficialSplit: Bool {
    guard let split = descriptor.split else { return false }
    let table = table(split.table ?? DatasetDescriptor.imagesTable)
    return split.columns != [ColumnRule.fileColumn] || table?.missing.isEmpty ?? false
  }

  private func table(_ name: String) -> LocatedTable? { tables.first { $0.rule.name == name } }

  private var reportsTable: String? {
    if case .texts(let table, _) = descriptor.reports { table } else { nil }
  }

  private var labelTable: String {
    descriptor.labels?.table ?? descriptor.labels?.column?.table ?? DatasetDescriptor.imagesTable
  }

  private var ageTable: String {
    let rule: ColumnRule? =
      switch descriptor.age?.derivation {
      case .value(let column), .born(let column, _), .anchor(let column, _, _): column
      case nil: nil
      }
    return rule?.table ?? DatasetDescriptor.imagesTable
  }

  /// The files of a table by name.
  private func source(of table: String) -> String {
    self.table(table)?.paths.map { fileName(of: $0) }.joined(separator: ", ") ?? "none"
  }

  private mutating func noteSources(_ images: LocatedTable) {
    let choices =
      descriptor.choices.isEmpty ? "" : " (\(descriptor.choices.joined(separator: ", ")))"
    diagnostics.append(
      Diagnostic(
        .note, code: "source",
        message: "labels are taken from \(source(of: labelTable)), ages from "
          + source(of: ageTable) + choices,
        file: fileName(of: images.paths[0])))
  }

  private mutating func boxes(
    of radiographs: [RadiographRecord], _ cellText: CellText
  ) throws -> [BoxRecord] {
    guard let rule = descriptor.boxes, let located = table(rule.table) else { return [] }
    let names = Set(radiographs.map(\.imageName))
    let synonyms = descriptor.labels?.synonyms ?? [:]
    let reader = BoxReader(rule: rule, cellText: cellText, synonyms: synonyms)
    var boxes: [BoxRecord] = []
    for path in located.paths {
      var tally = RecordTally(fileName: fileName(of: path), policy: policy)
      boxes += try reader.read(located, path: path, imageNames: names, tally: &tally)
      diagnostics += tally.diagnostics
    }
    return boxes
  }

  private mutating func reports(
    of reader: DatasetReader, progress: (DatasetIngester.Stage, Int) -> Void
  ) throws -> [ReportRecord] {
    let differing = reader.sectionCollector.differingStudyCount
    if differing > 0 {
      diagnostics.append(
        Diagnostic(
          .note, code: "report-differs",
          message: "studies whose images hold different texts; those of the first image count",
          count: differing))
    }
    guard let name = reportsTable, let located = table(name) else {
      return reader.sectionCollector.reports
    }
    var reports = ReportReader(fileName: source(of: name), policy: policy)
    try reports.read(located, radiographs: reader.radiographs) { progress(.reports, $0) }
    diagnostics += reports.tally.diagnostics
    flow += [
      Provenance.FlowStep("reports read", reports.tally.readCount),
      Provenance.FlowStep("reports kept", reports.reports.count),
    ]
    return reports.reports
  }

  private func officialSplit(_ partByImageName: [String: String]) -> SplitContent {
    let table = descriptor.split?.table ?? DatasetDescriptor.imagesTable
    return SplitContent(
      name: SplitContent.officialName, method: "official lists", seed: nil,
      detail: source(of: table), partByImageName: partByImageName)
  }
}
