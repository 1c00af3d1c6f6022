// SPDX-License-Identifier: Apache-2.0

/// Splits the text of a report into sentences, and these into words.
///
/// A sentence ends at `.`, `!` or `?` before a blank. A stop after an abbreviation, an initial or the
/// number of a list item is none, and decimals have no blank after theirs. It works on bytes, since
/// hundreds of thousands of impressions pass through it.
enum Sentences {
  /// What a stop follows without ending a sentence, lower-case.
  private static let abbreviations: Set<String> = [
    "dr", "mr", "mrs", "ms", "prof", "st", "vs", "e.g", "i.e", "eg", "ie", "approx", "cf", "fig",
    "resp", "incl", "inc", "dept", "ext",
  ]

  /// Abbreviations that may end a sentence: they do before a capital or a number.
  private static let finalAbbreviations: Set<String> = ["a.m", "p.m", "etc"]

  private typealias Bytes = ArraySlice<UInt8>

  /// Returns the sentences of a text.
  ///
  /// - Parameter text: A text in one line.
  /// - Returns: The sentences with their stops, without the numbers of list items.
  /// - Complexity: O(length).
  static func split(_ text: String) -> [String] {
    var sentences: [String] = []
    var start: Int?
    let bytes = Array(text.utf8)
    let words = bytes.split(separator: 0x20)
    func close(at end: Int) {
      if let start, bytes[start..<end].contains(where: { isWordByte($0) || $0 == 0x5F }) {
        sentences.append(String(decoding: bytes[start..<end], as: UTF8.self))
      }
      start = nil
    }
    for (index, word) in words.enumerated() {
      if start == nil, isListNumber(word) { continue }
      start = start ?? word.startIndex
      if endsSentence(word, before: words.dropFirst(index + 1).first) { close(at: word.endIndex) }
    }
    close(at: bytes.count)
    return sentences
  }

  /// Returns the words of a text: lower-case runs of letters and digits, redactions left out.
  ///
  /// - Parameter text: Any text.
  /// - Returns: The words in order; characters beyond ASCII count as letters.
  /// - Complexity: O(length).
  static func words(_ text: String) -> [String] {
    text.utf8.split { !isWordByte($0) }.map { word in
      String(decoding: word.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    0x61...0x7A ~= byte || 0x41...0x5A ~= byte || isDigit(byte) || byte >= 0x80
  }

  private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }

  private static func endsSentence(_ word: Bytes, before next: Bytes?) -> Bool {
    var bare = word
    while let last = bare.last,
      [UInt8(ascii: "\""), UInt8(ascii: ")"), UInt8(ascii: "]")].contains(last)
    {
      bare.removeLast()
    }
    guard let last = bare.last, last != UInt8(ascii: "!"), last != UInt8(ascii: "?") else {
      return !bare.isEmpty
    }
    guard last == UInt8(ascii: ".") else { return false }
    let stem = bare.dropLast().drop { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "\"") }
    // Initials and abbreviations are short.
    guard 1...6 ~= stem.count else { return true }
    let spelling = String(decoding: stem, as: UTF8.self).lowercased()
    if finalAbbreviations.contains(spelling) {
      let first = next?.first ?? UInt8(ascii: "(")
      return 0x41...0x5A ~= first || isDigit(first) || first == UInt8(ascii: "(")
    }
    let isInitial = stem.count == 1 && stem.allSatisfy { isWordByte($0) && !isDigit($0) }
    return !isInitial && !abbreviations.contains(spelling)
  }

  /// Whether a word at the start of a sentence only numbers it: `1.`, `2)`, `(3)`.
  private static func isListNumber(_ word: Bytes) -> Bool {
    let digits = word.drop { $0 == UInt8(ascii: "(") }.prefix { isDigit($0) }
    guard 1...2 ~= digits.count, let last = word.last,
      last == UInt8(ascii: ".") || last == UInt8(ascii: ")")
    else { return false }
    return word.count <= digits.count + 2
  }
}
