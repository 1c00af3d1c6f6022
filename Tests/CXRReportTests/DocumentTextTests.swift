// SPDX-License-Identifier: Apache-2.0
import CXREvaluation
import Testing

@testable import CXRReport

@Suite("Markdown and HTML")
struct DocumentTextTests {
  private let sections = MadeUpStudy.report.sections(figures: [])
  private let drawn = DrawnFigure(
    figure: Figure(name: "roc", title: "ROC", caption: "A curve.", script: ""),
    svg: "<svg><text>drawn</text></svg>")

  @Test("The Markdown report reads as recorded")
  func markdown() throws {
    let report = MarkdownReport(
      title: MadeUpStudy.report.title, sections: sections, note: "No figures here.")
    try Recording.expect(report.text, equals: "report.md")
  }

  @Test("The HTML page reads as recorded")
  func html() throws {
    let report = HTMLReport(title: MadeUpStudy.report.title, sections: sections, note: nil)
    try Recording.expect(report.text(), equals: "index.html")
  }

  @Test("No name becomes markup")
  func hostileNames() throws {
    let html = try HTMLReport(title: "<b>", sections: sections, note: "<i>").text()
    let markdown = MarkdownReport(title: "<b>", sections: sections, note: "<i>").text
    for text in [html, markdown] {
      #expect(!text.contains("<script"))
      #expect(text.contains("&lt;script&gt;"))
      #expect(!text.contains("<b>&lt;b"))
      #expect(text.contains("&lt;i&gt;"))
    }
  }

  @Test("Escapes a quotation mark that carries an accent")
  func combiningMarks() {
    #expect(
      EscapedHTML().escapeText("a\"\u{301}<\u{338}&'") == "a&quot;\u{301}&lt;\u{338}&amp;&#39;")
  }

  @Test("Markdown neither links nor stresses what a name holds")
  func markdownEscapes() {
    #expect(MarkdownText.escaped("[a](b) *c* d_e | `f`") == "[a]\\(b) \\*c\\* d\\_e \\| \\`f\\`")
    #expect(MarkdownText.escaped("0.5 [0.4, 0.6]") == "0.5 [0.4, 0.6]")
  }

  @Test("Figures stand in the page and are linked from the Markdown")
  func figures() throws {
    let sections = MadeUpStudy.report.sections(figures: [drawn])
    let html = try HTMLReport(title: "t", sections: sections, note: nil).text()
    #expect(html.contains("<figure id=\"figure-roc\">\n<svg><text>drawn</text></svg>"))
    let markdown = MarkdownReport(title: "t", sections: sections, note: nil).text
    #expect(markdown.contains("![ROC](figures/roc.svg)"))
  }

  @Test("The page asks for nothing outside itself")
  func selfContained() throws {
    let html = try HTMLReport(title: "t", sections: sections, note: nil).text()
    for reference in ["src=", "@import", "url(", "<link"] { #expect(!html.contains(reference)) }
  }
}
