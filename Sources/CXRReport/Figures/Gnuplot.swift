// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import Subprocess

/// Draws figures with gnuplot, which runs as a process of its own.
///
/// - SeeAlso: Williams, Kelley et al., *Gnuplot*, <http://gnuplot.info>.
struct Gnuplot: Sendable {
  /// The name by which the search path finds gnuplot.
  let executable: String

  /// Draws a figure; the same script gives the same bytes.
  ///
  /// - Parameter figure: The figure.
  /// - Returns: The figure with its drawing.
  /// - Throws: ``ReportError`` with code `.gnuplotMissing` or `.gnuplotFailed`.
  func draw(_ figure: Figure) async throws -> DrawnFigure {
    let (svg, complaint, isSuccess) = try await run(figure.script)
    guard isSuccess, let start = svg.firstRange(of: "<svg")?.lowerBound, svg.contains("</svg>")
    else {
      throw ReportError(
        .gnuplotFailed,
        "gnuplot could not draw \(figure.name): \(complaint.singleLine.prefix(200)). Version 5.4 "
          + "or newer is expected.")
    }
    return DrawnFigure(figure: figure, svg: Self.standalone(String(svg[start...]), figure))
  }

  /// Draws figures; without gnuplot there are none.
  ///
  /// - Parameter figures: The figures.
  /// - Returns: The drawings, and why there are none.
  /// - Throws: ``ReportError`` with code `.gnuplotFailed`.
  func drawAll(_ figures: [Figure]) async throws -> ([DrawnFigure], note: String?) {
    do {
      return (try await figures.concurrentMap(width: 2) { try await draw($0) }, nil)
    } catch let error as ReportError where error.code == .gnuplotMissing {
      return ([], "This report has no figures: \(error.message)")
    }
  }

  private func run(_ script: String) async throws -> (String, String, Bool) {
    do {
      let result = try await Subprocess.run(
        .name(executable),
        arguments: ["--default-settings", "-"], input: .string(script),
        output: .string(limit: 64 << 20), error: .string(limit: 1 << 20))
      return (
        result.standardOutput, result.standardError,
        result.terminationStatus.isSuccess
      )
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw ReportError(
        .gnuplotMissing,
        "\(executable) was not found; install it with `apt-get install gnuplot-nox`.",
        cause: error)
    }
  }

  /// Takes out what depends on the machine, and makes names unique so that several drawings can
  /// stand on one page.
  private static func standalone(_ svg: String, _ figure: Figure) -> String {
    let name = figure.name
    var text = svg.replacing(/<desc>Produced by GNUPLOT[^<]*<\/desc>\s*/, with: "")
    text = text.replacing(/<title>\$data[^<]*<\/title>/, with: "")
    text = text.replacing(/<g id="gnuplot_plot_[0-9]+[a-z]?"/, with: "<g")
    for (old, new) in [
      (
        "<title>Gnuplot</title>",
        "<title>\(EscapedHTML().escapeText(figure.title.singleLine))</title>"
      ),
      ("id='gp", "id='\(name)-gp"), ("href='#gp", "href='#\(name)-gp"),
      ("id='textbox'", "id='\(name)-textbox'"), ("id='greybox'", "id='\(name)-greybox'"),
      ("id=\"gnuplot_canvas\"", "id=\"\(name)-canvas\""),
      // gnuplot takes a weight for a part of the family's name.
      ("font-family=\"Helvetica:Bold\"", "font-family=\"Helvetica\" font-weight=\"bold\""),
      (
        "font-family=\"Helvetica\"", "font-family=\"Helvetica, Arial, Liberation Sans, sans-serif\""
      ),
    ] {
      text = text.replacing(old, with: new)
    }
    return text
  }
}
