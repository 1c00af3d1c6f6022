// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRFiles
import CXRReport
import Foundation

/// Whether to print one JSON document instead of text.
struct OutputOptions: ParsableArguments {
  @Flag(name: .customLong("json"), help: "Print one JSON document with sorted keys.")
  var isJSON = false

  /// Writes a document to standard output, as JSON or as text.
  ///
  /// - Parameters:
  ///   - document: What JSON output encodes.
  ///   - text: Makes the text, in the style that the terminal takes.
  /// - Throws: Whatever encoding, `text` or the output throws.
  func write(_ document: some Encodable, text: (TerminalReport.Style) throws -> String) throws {
    if isJSON {
      try Console.write(JSONDocument.encode(document))
    } else {
      try Console.write(text(Console.isColored ? .bold : .plain))
    }
  }
}
