// SPDX-License-Identifier: Apache-2.0
public import CXREvaluation

/// A document as `cxr evaluate`, `cxr compare` and `cxr audit` print it.
///
///     print(TerminalReport(evaluation).text(), terminator: "")
///
/// What was asked and the answer come first, then the warnings, the tables, and where the numbers
/// come from.
public struct TerminalReport: Sendable {
  /// Whether headings stand out.
  public enum Style: Sendable {
    /// Text only.
    case plain
    /// Headings in bold, by ANSI escape sequences.
    case bold
  }

  private let summary: Summary
  private let tables: [DisplayTable]
  private let provenance: Provenance

  /// Lays out an evaluation.
  ///
  /// - Parameter document: The document.
  public init(_ document: EvaluationDocument) {
    (summary, tables, provenance) = (document.summary, document.tables, document.provenance)
  }

  /// Lays out a comparison.
  ///
  /// - Parameter document: The document.
  public init(_ document: ComparisonDocument) {
    (summary, tables, provenance) = (document.summary, document.tables, document.provenance)
  }

  /// Lays out an audit.
  ///
  /// - Parameter document: The document.
  public init(_ document: AuditDocument) {
    (summary, tables, provenance) = (document.summary, document.tables, document.provenance)
  }

  /// Renders the document; what was said below one table is not said again below the next.
  ///
  /// - Parameters:
  ///   - width: The most characters on a line; only a long name beside wide numbers goes beyond.
  ///   - style: Whether headings stand out.
  /// - Returns: The text, ending in a newline.
  /// - Precondition: `width` is at least 40.
  public func text(width: Int = 80, style: Style = .plain) -> String {
    precondition(width >= 40, "at least 40 columns")
    var lines = heading(summary.question, width: width, style: style)
    lines += [""] + summary.answer.singleLine.wrapped(to: width)
    if !summary.warnings.isEmpty {
      lines += [""] + heading("Warnings", width: width, style: style)
      lines += summary.warnings.flatMap { "! \($0.singleLine)".wrapped(to: width, indent: "  ") }
    }
    var notes: Set<String> = []
    for var table in tables where table.terminalDetail != .nothing {
      table.notes.removeAll { !notes.insert($0).inserted }
      lines += ["", ""] + heading(table.title, width: width, style: style)
      lines += [""] + TextTable(table, width: width).lines
    }
    lines += ["", ""] + heading("Where the numbers come from", width: width, style: style)
    lines += provenance.shortLines.flatMap { $0.wrapped(to: width, indent: "  ") }
    return lines.joined(separator: "\n") + "\n"
  }

  private func heading(_ text: String, width: Int, style: Style) -> [String] {
    text.singleLine.wrapped(to: width).map { line in
      style == .bold ? "\u{1B}[1m\(line)\u{1B}[0m" : line
    }
  }
}
