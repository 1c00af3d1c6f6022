// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

/// What the page template shows, under the names by which it asks.
///
/// The template looks a name up from the innermost view outwards, so no two levels share one.
struct PageView {
  struct Chapter {
    let anchor: String
    let heading: String
    let question: String
    let answer: String
    let figures: [Picture]
    let tables: [Grid]
    let origin: Origin?
    let contents: [Entry]
  }

  struct Entry {
    let target: String
    let words: String
  }

  struct Picture {
    let pictureAnchor: String
    let pictureTitle: String
    let caption: String
    let svg: String
  }

  struct Grid {
    struct Heading {
      let word: String
      let side: String
    }

    struct Line {
      let kind: String
      let fields: [Field]
    }

    struct Field {
      let value: String
      let interval: String
      let mark: String
      let fieldSide: String
      let hint: String
      let link: String
      let cellAnchor: String
    }

    let gridAnchor: String
    let gridTitle: String
    let density: String
    let headings: [Heading]
    let lines: [Line]
    let notes: [String]
    let footnotes: [Footnote]
  }

  struct Footnote {
    let sign: String
    let meaning: String
  }

  struct Origin {
    struct Source {
      let file: String
      let role: String
      let digest: String
    }

    struct Setting {
      let name: String
      let choice: String
    }

    let originTitle: String
    let software: String
    let command: String
    let seed: String
    let dataset: String
    let sources: [Source]
    let settings: [Setting]
  }

  let title: String
  let styleSheet: String
  let note: String
  let warnings: [String]
  let chapters: [Chapter]

  /// Arranges the chapters for the template.
  init(title: String, sections: [ReportSection], note: String?) {
    self.title = title.singleLine
    styleSheet = PageTemplate.styleSheet
    self.note = note ?? ""
    warnings = sections.flatMap(\.summary.warnings).map(\.singleLine).distinct
    chapters = sections.map(Chapter.init)
  }
}

extension PageView.Chapter {
  fileprivate init(_ section: ReportSection) {
    anchor = section.id
    heading = section.title
    question = section.summary.question.singleLine
    answer = section.summary.answer.singleLine
    figures = section.figures.map(PageView.Picture.init)
    tables = section.tables.enumerated().map { index, table in
      PageView.Grid(table, anchor: "\(section.id)-table-\(index + 1)")
    }
    origin = section.provenance.map { PageView.Origin($0, title: section.title) }
    contents =
      figures.map { .init(target: $0.pictureAnchor, words: $0.pictureTitle) }
      + tables.map { .init(target: $0.gridAnchor, words: $0.gridTitle) }
  }
}

extension PageView.Picture {
  fileprivate init(_ drawn: DrawnFigure) {
    pictureAnchor = "figure-\(drawn.figure.name)"
    pictureTitle = drawn.figure.title
    caption = drawn.figure.caption
    svg = drawn.svg
  }
}

extension PageView.Grid {
  fileprivate init(_ table: DisplayTable, anchor: String) {
    let marks = FootnoteMarks(of: table).marks
    let sides = table.columns.map { $0.alignment == .trailing ? "number" : "word" }
    gridAnchor = anchor
    gridTitle = table.title.singleLine
    // Many intervals beside one another need a line of their own each.
    let intervalColumns = table.columns.indices.count { column in
      table.allRows.contains { $0[column].interval != nil }
    }
    density = intervalColumns > 5 ? "dense" : "wide"
    headings = zip(table.columns, sides).map { .init(word: $0.title.singleLine, side: $1) }
    lines = zip(table.allRows, marks).enumerated().map { index, row in
      let isSummary = table.summaryRow != nil && index == table.allRows.count - 1
      return Line(
        kind: isSummary ? "summary" : "plain",
        fields: zip(zip(row.0, row.1), sides).map { content, side in
          Field(
            value: content.0.text, interval: content.0.interval ?? "", mark: content.1,
            fieldSide: side, hint: content.0.reason ?? "", link: content.0.link ?? "",
            cellAnchor: content.0.anchor ?? "")
        })
    }
    notes = table.notes.map(\.singleLine)
    footnotes = table.footnotes.enumerated().map { index, reason in
      .init(sign: FootnoteMarks.superscript(index + 1), meaning: reason)
    }
  }
}

extension PageView.Origin {
  fileprivate init(_ provenance: Provenance, title: String) {
    originTitle = title
    software = provenance.software.singleLine
    command = provenance.command.singleLine
    seed = "\(provenance.seed)"
    dataset = provenance.dataset.singleLine
    sources = provenance.sources.map {
      .init(file: $0.file.singleLine, role: $0.role.singleLine, digest: $0.sha256)
    }
    settings = provenance.sortedSettings.map {
      .init(name: $0.name.singleLine, choice: $0.value.singleLine)
    }
  }
}
