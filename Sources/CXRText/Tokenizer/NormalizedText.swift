// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A text as CLIP's tokenizer reads it: NFC, lower case, white space as blanks, with the class of
/// every byte.
///
/// Lower-casing goes character by character, as in the *tokenizers* library: a capital sigma
/// becomes σ wherever it stands.
struct NormalizedText {
  /// What a byte's character is to the word rule.
  enum CharacterClass: UInt8 { case space, letter, number, other }

  /// The UTF-8 bytes.
  private(set) var bytes: [UInt8] = []
  /// The class of the character that each byte belongs to.
  private(set) var classes: [CharacterClass] = []

  /// Reads a part of a text.
  ///
  /// - Parameter text: UTF-8 bytes, whole characters.
  init(_ text: ArraySlice<UInt8>) {
    bytes.reserveCapacity(text.count)
    classes.reserveCapacity(text.count)
    if text.allSatisfy({ $0 < 0x80 }) {
      for byte in text { append(ascii: byte) }
    } else {
      readUnicode(text)
    }
  }

  /// Most prompts are ASCII, where every rule is a comparison.
  private mutating func append(ascii byte: UInt8) {
    switch byte {
    case 0x61...0x7A: append(byte, .letter)
    case 0x41...0x5A: append(byte | 0x20, .letter)
    case 0x30...0x39: append(byte, .number)
    case 0x20, 0x09...0x0D: appendBlank()
    default: append(byte, .other)
    }
  }

  private mutating func readUnicode(_ text: ArraySlice<UInt8>) {
    let composed = String(decoding: text, as: UTF8.self).precomposedStringWithCanonicalMapping
    for scalar in composed.unicodeScalars {
      if scalar.isASCII {
        append(ascii: UInt8(scalar.value))
      } else if scalar.properties.isWhitespace {
        appendBlank()
      } else {
        for lowered in scalar.properties.lowercaseMapping.unicodeScalars {
          let characterClass = Self.characterClass(of: lowered)
          for byte in UTF8.encode(lowered) ?? UTF8.encodedReplacementCharacter {
            append(byte, characterClass)
          }
        }
      }
    }
  }

  private static func characterClass(of scalar: Unicode.Scalar) -> CharacterClass {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      .letter
    case .decimalNumber, .letterNumber, .otherNumber: .number
    default: .other
    }
  }

  private mutating func append(_ byte: UInt8, _ characterClass: CharacterClass) {
    bytes.append(byte)
    classes.append(characterClass)
  }

  private mutating func appendBlank() {
    if classes.last != .space { append(0x20, .space) }
  }
}

extension NormalizedText {
  /// Returns where the first word at or after a position ends and begins, within an end.
  ///
  /// A word is an English contraction's ending (`'s 't 're 've 'm 'll 'd`), a run of letters, one
  /// number character, or a run of anything else but white space; the first that fits is taken.
  ///
  /// - Parameters:
  ///   - position: Where to begin.
  ///   - end: Where to stop.
  /// - Returns: The word's range, or `nil` if only white space is left.
  func word(from position: Int, to end: Int) -> Range<Int>? {
    var start = position
    while start < end, classes[start] == .space { start += 1 }
    guard start < end else { return nil }
    if let length = contractionLength(at: start, end: end) { return start..<(start + length) }
    let first = classes[start]
    var next = start + 1
    if first == .number {
      // One character, which may take several bytes.
      while next < end, bytes[next] & 0xC0 == 0x80 { next += 1 }
    } else {
      while next < end, classes[next] == first { next += 1 }
    }
    return start..<next
  }

  private func contractionLength(at start: Int, end: Int) -> Int? {
    guard bytes[start] == UInt8(ascii: "'"), start + 1 < end else { return nil }
    let first = bytes[start + 1]
    let second = start + 2 < end ? bytes[start + 2] : 0
    switch (first, second) {
    case (UInt8(ascii: "s"), _), (UInt8(ascii: "t"), _), (UInt8(ascii: "m"), _),
      (UInt8(ascii: "d"), _):
      return 2
    case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
      (UInt8(ascii: "l"), UInt8(ascii: "l")):
      return 3
    default: return nil
    }
  }
}
