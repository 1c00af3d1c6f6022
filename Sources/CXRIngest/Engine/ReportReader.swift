// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore
internal import CXRFiles
internal import CXRText

/// Reads whole reports from a folder or an archive of texts and divides them into sections.
struct ReportReader {
  private(set) var reports: [ReportRecord] = []
  private(set) var tally: RecordTally

  init(fileName: String, policy: BadRecordPolicy) {
    tally = RecordTally(fileName: fileName, policy: policy)
  }

  /// Reads the reports of the studies that have radiographs.
  mutating func read(
    _ located: LocatedTable, radiographs: [RadiographRecord], progress: (Int) -> Void
  ) throws {
    guard let join = located.rule.join else {
      throw IngestError(
        .invalidOption,
        "Table \(located.rule.name) needs join: {column: …, to: …} that leads to the study; "
          + "correct the descriptor.")
    }
    // A study's identifier that several patients have does not tell whose report it is.
    let patientByStudy = Dictionary(
      radiographs.compactMap { radiograph in
        radiograph.studyKey.map { ($0, radiograph.patientIndex as Int?) }
      }, uniquingKeysWith: { first, second in first == second ? first : nil })
    var reported: Set<String> = []
    let transform = CellTransform(join.column)
    for path in located.paths {
      let reader = try located.open(path)
      var record = TableRecord()
      _ = try reader.read(into: &record)
      while try reader.read(into: &record) {
        tally.countRead()
        if tally.readCount % 4096 == 0 {
          try Task.checkCancellation()
          progress(tally.readCount)
        }
        guard let study = transform.apply(to: record.string(at: 0)) else {
          tally.note("no-report", "files that are no reports by their names")
          continue
        }
        guard let patient = patientByStudy[study] else {
          tally.note("report-without-study", "reports of studies without a radiograph")
          continue
        }
        guard let patientIndex = patient else {
          tally.warn("report-ambiguous", "reports of studies that several patients have, not used")
          continue
        }
        guard reported.insert(study).inserted else {
          tally.warn("report-repeated", "reports of studies that had one before; the first counts")
          continue
        }
        let sections = Self.sections(of: ReportSections(record[1]))
        guard !sections.isEmpty else {
          tally.note("report-empty", "reports without any text")
          continue
        }
        reports.append(
          ReportRecord(patientIndex: patientIndex, studyKey: study, sections: sections))
      }
    }
  }

  /// The sections that are kept: impression and findings, or what stands for them in their absence.
  private static func sections(of report: ReportSections) -> [ReportRecord.Section] {
    let sections = [ReportSectionName.impression, .findings].compactMap { name in
      report.text(name).map { ReportRecord.Section(name: name.rawValue, text: $0) }
    }
    guard sections.isEmpty, let summary = report.summary else { return sections }
    return [ReportRecord.Section(name: summary.section.rawValue, text: summary.text)]
  }
}
