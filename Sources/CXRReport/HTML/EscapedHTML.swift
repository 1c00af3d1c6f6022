// SPDX-License-Identifier: Apache-2.0
internal import Mustache

/// Escapes text for HTML scalar by scalar.
///
/// Going by characters would let a quotation mark with an accent through: the two are one
/// character, and a browser still sees the mark.
struct EscapedHTML: MustacheContentType {
  /// The name by which templates ask for it.
  static let name = "ESCAPED_HTML"

  func escapeText(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
