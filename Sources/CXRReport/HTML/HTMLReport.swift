// SPDX-License-Identifier: Apache-2.0
internal import CXREvaluation
internal import Mustache

/// A study's report as one HTML page that needs nothing else: no script, no font, no image file.
struct HTMLReport {
  private let page: PageView

  /// Lays out a report.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - sections: The chapters.
  ///   - note: What a reader must know about the report itself, such as missing figures.
  init(title: String, sections: [ReportSection], note: String?) {
    page = PageView(title: title, sections: sections, note: note)
  }

  /// Renders the page.
  ///
  /// - Returns: The HTML text.
  /// - Throws: The template's parser error when a template is malformed.
  func text() throws -> String {
    MustacheContentTypes.register(EscapedHTML(), named: EscapedHTML.name)
    let library = MustacheLibrary(templates: [
      "table": try MustacheTemplate(string: PageTemplate.table),
      "provenance": try MustacheTemplate(string: PageTemplate.provenance),
    ])
    return try MustacheTemplate(string: PageTemplate.page).render(page, library: library)
  }
}
