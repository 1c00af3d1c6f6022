// SPDX-License-Identifier: Apache-2.0

/// A table in LaTeX, with the rules of the package `booktabs`.
struct LaTeXTable {
  private let table: StudyTable

  /// Lays out a table.
  init(_ table: StudyTable) { self.table = table }

  /// The LaTeX text: one `table` environment, scaled to the width of the page where it is wider.
  var text: String {
    let display = table.display
    let marks = FootnoteMarks(of: display).marks
    let sides = display.columns.map { $0.alignment == .trailing ? "r" : "l" }.joined()
    let heading = display.columns.map { Self.escaped($0.title) }.joined(separator: " & ")
    var rows = zip(display.allRows, marks).map { row, marks in
      zip(row, marks).map { Self.escaped($0.plainText + $1) }.joined(separator: " & ") + " \\\\"
    }
    if display.summaryRow != nil { rows.insert("\\midrule", at: rows.count - 1) }
    let notes =
      display.notes
      + display.footnotes.enumerated().map { "\(FootnoteMarks.superscript($0 + 1)) \($1)" }
    var lines = [
      "% Needs \\usepackage{booktabs,graphicx}. Numbers: tables/\(table.name).csv.",
      "\\begin{table}", "  \\centering", "  \\caption{\(Self.escaped(display.title)).}",
      "  \\label{tab:\(table.name)}", "  \\small",
      "  \\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%",
      "  \\begin{tabular}{@{}\(sides)@{}}", "    \\toprule", "    \(heading) \\\\",
      "    \\midrule",
    ]
    lines += rows.map { "    " + $0 }
    lines += ["    \\bottomrule", "  \\end{tabular}}"]
    lines += notes.map { "  \\par\\smallskip\\footnotesize \(Self.escaped($0))" }
    return (lines + ["\\end{table}"]).joined(separator: "\n") + "\n"
  }

  /// Escapes what LaTeX would read as markup, and spells the signs that its fonts may lack.
  static func escaped(_ text: String) -> String {
    text.singleLine.map { character in
      switch character {
      case "\\": "\\textbackslash{}"
      case "~": "\\textasciitilde{}"
      case "^": "\\textasciicircum{}"
      case "&", "%", "$", "#", "_", "{", "}": "\\\(character)"
      case "<": "\\textless{}"
      case ">": "\\textgreater{}"
      case "|": "\\textbar{}"
      case "\u{2212}": "$-$"
      case "±": "$\\pm$"
      case "×": "$\\times$"
      case "≥": "$\\geq$"
      case "≤": "$\\leq$"
      case "∞": "$\\infty$"
      case "…": "\\ldots{}"
      case "–": "--"
      case "“": "``"
      case "”": "''"
      case "[": "{[}"
      case "]": "{]}"
      default:
        Self.digits.firstIndex(of: character).map { "\\textsuperscript{\($0)}" }
          ?? String(character)
      }
    }.joined()
  }

  private static let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
}
