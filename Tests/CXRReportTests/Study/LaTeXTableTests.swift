// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import CXRReport

@Suite("Tables in LaTeX")
struct LaTeXTableTests {
  @Test("Escapes what LaTeX would read as markup")
  func escapes() {
    #expect(
      LaTeXTable.escaped(##"50 % of a_b & {c} \d #1 $x ~^"##)
        == ##"50 \% of a\_b \& \{c\} \textbackslash{}d \#1 \$x \textasciitilde{}\textasciicircum{}"##
    )
    #expect(LaTeXTable.escaped("\u{2212}0.1 [0.2]") == "$-$0.1 {[}0.2{]}")
    #expect(LaTeXTable.escaped("0.5¹²") == #"0.5\textsuperscript{1}\textsuperscript{2}"#)
  }

  @Test("Has the rules of booktabs, notes and footnotes below")
  func layout() {
    let text = LaTeXTable(
      StudyTable(
        .seeds,
        DisplayTable(
          title: "Title", columns: [.words("Name"), .numbers("Value")],
          rows: [[Cell("a"), .number(nil, reason: "no positives")]], notes: ["Note"]),
        header: ["name"], rows: [["a"]])
    ).text
    #expect(text.contains(#"\begin{tabular}{@{}lr@{}}"#))
    #expect(text.contains(#"a & n/a\textsuperscript{1} \\"#))
    #expect(text.contains(#"\textsuperscript{1} no positives"#))
    for rule in ["toprule", "midrule", "bottomrule"] { #expect(text.contains("\\\(rule)")) }
  }
}
