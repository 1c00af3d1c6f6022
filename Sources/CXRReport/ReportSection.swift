// SPDX-License-Identifier: Apache-2.0
internal import CXREvaluation

/// A chapter of a report: one document, its figures and its tables.
struct ReportSection {
  /// The name of its anchor.
  let id: String
  /// The title.
  let title: String
  /// What was asked, the answer, and the warnings.
  let summary: Summary
  /// The figures.
  let figures: [DrawnFigure]
  /// The tables.
  let tables: [DisplayTable]
  /// Where the numbers come from; `nil` where another chapter says so.
  let provenance: Provenance?
}

extension StudyReport {
  /// The chapters in reading order.
  ///
  /// - Parameter figures: The figures that could be drawn.
  /// - Returns: One chapter for each document of the report.
  func sections(figures: [DrawnFigure]) -> [ReportSection] {
    let auditNames = Set(auditFigures.map(\.name))
    var sections = [
      ReportSection(
        id: "evaluation", title: "How well each model does", summary: evaluation.summary,
        figures: figures.filter { !auditNames.contains($0.figure.name) },
        tables: evaluation.tables, provenance: evaluation.provenance)
    ]
    if let comparison {
      sections.append(
        ReportSection(
          id: "comparison", title: "Whether the models differ", summary: comparison.summary,
          figures: [], tables: comparison.tables, provenance: comparison.provenance))
    }
    if let audit {
      sections.append(
        ReportSection(
          id: "audit", title: "How the models treat groups of patients", summary: audit.summary,
          figures: figures.filter { auditNames.contains($0.figure.name) }, tables: audit.tables,
          provenance: audit.provenance))
    }
    return sections
  }
}
