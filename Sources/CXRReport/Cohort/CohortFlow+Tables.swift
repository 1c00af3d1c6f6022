// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCohort
internal import CXRCore

extension CohortFlow {
  /// One table for each dataset: records read and dropped, radiographs excluded and kept.
  var tables: [DisplayTable] { datasets.map { $0.table } }

  /// The title of the flow.
  var title: String {
    cohort.map { "Flow of radiographs into cohort \($0)" } ?? "Flow of records into the catalog"
  }
}

extension CohortFlow.DatasetFlow {
  /// Whether the dataset has studies.
  var hasStudies: Bool { steps.contains { $0.studyCount > 0 } }

  /// How many radiographs the records are about, where there are several records of one.
  var radiographsRead: Int? {
    origin.flow.first { $0.name == "radiographs read" }?.count
  }

  /// What the ingest dropped.
  var dropped: [(reason: String, count: Int)] {
    origin.flow.compactMap { step in
      step.name.hasPrefix("dropped: ") ? (String(step.name.dropFirst(9)), step.count) : nil
    }
  }

  fileprivate var table: DisplayTable {
    let columns: [DisplayTable.Column] =
      [.words("Step"), .numbers("Radiographs")] + (hasStudies ? [.numbers("Studies")] : [])
      + [.numbers("Patients")]
    let blank = Array(repeating: Cell(""), count: columns.count - 2)
    let ingest =
      [[Cell("records read"), Cell(NumberText.count(origin.recordsRead))] + blank]
      + (radiographsRead.map { [[Cell("radiographs read"), Cell(NumberText.count($0))] + blank] }
        ?? [])
      + dropped.map { [Cell("dropped: \($0.reason)"), Self.removed($0.count)] + blank }
    let rows = steps.map(cells)
    let isKeptLast = steps.last?.kind == .kept
    return DisplayTable(
      title: origin.title, columns: columns,
      rows: ingest + (isKeptLast ? Array(rows.dropLast()) : rows),
      summaryRow: isKeptLast ? rows.last : nil,
      notes: steps.contains { $0.kind == .excluded }
        ? ["Studies and patients count as excluded by the rule that takes their last radiograph."]
        : [])
  }

  private func cells(_ step: CohortStep) -> [Cell] {
    let counts =
      [step.radiographCount] + (hasStudies ? [step.studyCount] : []) + [step.patientCount]
    let isExcluded = step.kind == .excluded
    return [Cell((isExcluded ? "excluded: " : "") + step.name)]
      + counts.map { isExcluded ? Self.removed($0) : Cell(NumberText.count($0)) }
  }

  private static func removed(_ count: Int) -> Cell { Cell(NumberText.count(-count)) }
}
