// SPDX-License-Identifier: Apache-2.0

extension String {
  /// The text as one word of a shell command line.
  var shellQuoted: String {
    let plain = "-_./:,=+%@"
    let isPlain = allSatisfy { character in
      character.isASCII
        && (character.isLetter || character.isNumber || plain.contains(character))
    }
    return isPlain && !isEmpty ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}
