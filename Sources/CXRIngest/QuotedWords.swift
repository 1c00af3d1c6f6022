// SPDX-License-Identifier: Apache-2.0

/// The words of cells that messages quote: few of each kind, each cut short.
///
/// A column that was taken for one of words may hold free text, and that is not for messages to
/// spread: it floods them, and may tell of patients.
struct QuotedWords {
  /// How many different words the diagnostics of one code quote.
  static let countLimit = 40
  /// How many characters of a word are quoted.
  static let lengthLimit = 40

  private var wordsByCode: [String: Set<String>] = [:]

  /// Returns a word as a message quotes it, or `nil` where the code has quoted enough others.
  mutating func admit(_ word: String, code: String) -> String? {
    let word = Self.cut(word)
    let words = wordsByCode[code, default: []]
    if words.contains(word) { return word }
    guard words.count < Self.countLimit else { return nil }
    wordsByCode[code, default: []].insert(word)
    return word
  }

  /// A text on one line of at most ``lengthLimit`` characters, the last of them "…" if it is cut.
  static func cut(_ text: String) -> String {
    // What is beyond the limit need not be looked at.
    let line = String(text.prefix(lengthLimit + 1).map { $0.isNewline ? " " : $0 })
    return line.count <= lengthLimit ? line : line.prefix(lengthLimit - 1) + "…"
  }
}
