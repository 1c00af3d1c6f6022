// SPDX-License-Identifier: Apache-2.0
internal import CXREvaluation

/// A study's report as Markdown, with figures as links to files beside it.
struct MarkdownReport {
  private let title: String
  private let sections: [ReportSection]
  private let note: String?
  /// The page that has the anchors to which cells lead; without it cells are plain text.
  private let page: String?

  /// Lays out a report.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - sections: The chapters.
  ///   - note: What a reader must know about the report itself, such as missing figures.
  ///   - page: The page that has the anchors to which cells lead; without it cells are plain text.
  init(title: String, sections: [ReportSection], note: String?, page: String? = nil) {
    self.title = title
    self.sections = sections
    self.note = note
    self.page = page
  }

  /// The Markdown text.
  var text: String {
    var parts = ["# \(MarkdownText.escaped(title))"]
    if let note { parts.append("> \(MarkdownText.escaped(note))") }
    parts += sections.flatMap(parts(of:))
    return parts.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.joined(separator: "\n")
  }

  private func parts(of section: ReportSection) -> [String] {
    let summary = section.summary
    var parts = [
      "## \(section.title)", "**\(MarkdownText.escaped(summary.question))**",
      MarkdownText.escaped(summary.answer),
    ]
    if !summary.warnings.isEmpty {
      parts.append("Warnings:")
      parts.append(
        summary.warnings.map { "- \(MarkdownText.escaped($0))" }.joined(separator: "\n"))
    }
    for drawn in section.figures {
      let figure = drawn.figure
      parts += [
        "### \(MarkdownText.escaped(figure.title))",
        "![\(MarkdownText.escaped(figure.title))](figures/\(figure.name).svg)",
        MarkdownText.escaped(figure.caption),
      ]
    }
    for table in section.tables {
      parts += ["### \(MarkdownText.escaped(table.title))", MarkdownText.table(table, page: page)]
    }
    guard let provenance = section.provenance else { return parts }
    return parts + ["### Where these numbers come from", self.provenance(provenance)]
  }

  private func provenance(_ provenance: Provenance) -> String {
    let lines =
      [
        "Software: \(provenance.software)", "Command: \(provenance.command)",
        "Seed: \(provenance.seed)", "Dataset: \(provenance.dataset)",
      ] + provenance.sources.map { "File: \($0.file) (\($0.role)), SHA-256 \($0.sha256)" }
      + provenance.sortedSettings.map { "Setting: \($0.name) = \($0.value)" }
    return lines.map { "- \(MarkdownText.escaped($0))" }.joined(separator: "\n")
  }
}
