// SPDX-License-Identifier: Apache-2.0

/// How the characters of a text file are encoded.
public enum TextEncoding: Sendable {
  /// UTF-8, with or without a byte order mark.
  case utf8
  /// ISO 8859-1: one byte a character.
  case latin1
}
