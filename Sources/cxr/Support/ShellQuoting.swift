// SPDX-License-Identifier: Apache-2.0

extension String {
  /// The text as one word of a shell command line.
  var shellQuoted: String {
    let isPlain = !isEmpty && allSatisfy { character in
      character.isASCII && (character.isLetter || character.isNumber || "-_./:,=+%@".contains(character))
    }
    return isPlain ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}
