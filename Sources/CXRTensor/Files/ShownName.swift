// SPDX-License-Identifier: Apache-2.0

/// Makes a name from a file fit for a message.
///
/// - Parameter name: A name that whoever made the file chose.
/// - Returns: The name in quotes, at most 100 characters of it, without control characters.
func shown(_ name: String) -> String {
  let beginning = name.unicodeScalars.prefix(100)
  let text = beginning.map { scalar in
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: "?"
    default: String(scalar)
    }
  }
  return "'\(text.joined())\(beginning.endIndex < name.unicodeScalars.endIndex ? "…" : "")'"
}
