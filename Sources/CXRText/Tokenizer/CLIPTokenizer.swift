// SPDX-License-Identifier: Apache-2.0

/// The tokenizer of CLIP's text encoders, as Stable Diffusion uses it.
///
///     let tokenizer = try CLIPTokenizer(folder: "stable-diffusion-2-1/tokenizer")
///     tokenizer.encode("Normal chest.")  // [49406, 5967, 10563, 269, 49407]
///
/// A text becomes NFC, lower case, and words: runs of letters, single digits, runs of anything
/// else but white space, and English contractions. A word becomes tokens by byte-pair merging.
/// The ids are those of `transformers`' `CLIPTokenizer`.
///
/// Stable Diffusion 2 pads with `!`, which therefore counts as a token of its own wherever it
/// stands in a text; Stable Diffusion 1 pads with the end token. Which one it is, the folder says.
///
/// - SeeAlso: Radford et al., *ICML* 2021, <https://arxiv.org/abs/2103.00020>.
public struct CLIPTokenizer: Sendable {
  /// The id that begins every encoded text.
  public let startToken: Int
  /// The id that ends every encoded text.
  public let endToken: Int
  /// The id that fills an encoded text up to ``contextLength``.
  public let padToken: Int
  /// The number of ids that the text encoder takes, the start and end tokens included: 77.
  public let contextLength: Int

  private let encoder: BytePairEncoder
  private let rawTokens: AddedTokenSet
  private let normalizedTokens: AddedTokenSet
  private let spellings: [String]

  /// Loads a tokenizer.
  ///
  /// Read are `tokenizer.json`, or else `vocab.json` and `merges.txt`, and, where they exist,
  /// `tokenizer_config.json`, `special_tokens_map.json` and `added_tokens.json`.
  ///
  /// - Parameter folder: The path of a folder with these files, or of a model with a subfolder
  ///   `tokenizer` that has them.
  /// - Throws: ``TextError`` with code `.missing` if there is no vocabulary, `.malformed` if a file
  ///   breaks its format or two do not fit together, `.unsupported` for a tokenizer of another
  ///   kind.
  /// - Complexity: O(vocabulary); a tenth of a second.
  public init(folder: String) throws(TextError) {
    let files = try CLIPTokenizerFiles(folder: folder)
    startToken = Int(files.start)
    endToken = Int(files.end)
    padToken = Int(files.pad)
    contextLength = files.contextLength
    encoder = try BytePairEncoder(
      vocabulary: files.vocabulary, pairs: files.merges, unknown: files.unknown)
    rawTokens = AddedTokenSet(files.addedTokens.filter { !$0.isNormalized })
    normalizedTokens = AddedTokenSet(files.addedTokens.filter(\.isNormalized))
    spellings = files.spellings
  }

  /// Returns the ids of a text, however many they are.
  ///
  /// - Parameter text: Any text.
  /// - Returns: The start token, the text's ids and the end token, shape `[n + 2]`.
  /// - Complexity: O(length) for texts of ordinary words.
  public func encode(_ text: String) -> [Int] {
    [startToken] + tokens(of: text).map(Int.init) + [endToken]
  }

  /// Returns the number of ids of a text, with the start and end tokens.
  ///
  /// - Parameter text: Any text.
  /// - Returns: At least 2; above ``contextLength``, the text encoder does not see all of it.
  /// - Complexity: O(length) for texts of ordinary words.
  public func tokenCount(_ text: String) -> Int { tokens(of: text).count + 2 }

  /// Returns exactly as many ids as the text encoder takes: cut, or filled with ``padToken``.
  ///
  /// - Parameter text: Any text.
  /// - Returns: Ids, shape `[contextLength]`.
  /// - SeeAlso: ``truncation(of:)`` says what was cut.
  public func encodePadded(_ text: String) -> [Int] {
    let ids = [startToken] + tokens(of: text).prefix(contextLength - 2).map(Int.init) + [endToken]
    return ids + Array(repeating: padToken, count: contextLength - ids.count)
  }

  /// Returns the end of a text that the text encoder would not see.
  ///
  /// - Parameter text: Any text.
  /// - Returns: The lost end in the tokenizer's spelling (lower case, a blank between words), or
  ///   `nil` if nothing is lost. It may begin inside a word.
  public func truncation(of text: String) -> String? {
    let lost = tokens(of: text).dropFirst(contextLength - 2)
    return lost.isEmpty ? nil : decode(lost.map(Int.init))
  }

  /// Returns the text that ids stand for.
  ///
  /// - Parameter ids: Ids below the vocabulary's size; the start and end tokens are spelled out.
  /// - Returns: The text: lower case, a blank between words.
  /// - Precondition: Every id is in the vocabulary.
  public func decode(_ ids: [Int]) -> String {
    var bytes: [UInt8] = []
    for id in ids {
      precondition(spellings.indices.contains(id), "an id outside the vocabulary")
      let spelling = spellings[id]
      let endsWord = spelling.hasSuffix(BytePairEncoder.endOfWord)
      let letters = endsWord ? spelling.dropLast(BytePairEncoder.endOfWord.count) : spelling[...]
      bytes += ByteAlphabet.decoded(letters) ?? Array(letters.utf8)
      if endsWord { bytes.append(0x20) }
    }
    if bytes.last == 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The ids of a text without start and end.
  private func tokens(of text: String) -> [Int32] {
    let bytes = Array(text.utf8)
    var tokens: [Int32] = []
    tokens.reserveCapacity(bytes.count / 3)
    var scratch = BytePairEncoder.Scratch()
    rawTokens.split(bytes) { part in
      let normalized = NormalizedText(bytes[part])
      normalizedTokens.split(normalized.bytes) { part in
        var position = part.lowerBound
        while let word = normalized.word(from: position, to: part.upperBound) {
          encoder.append(normalized.bytes, in: word, using: &scratch, to: &tokens)
          position = word.upperBound
        }
      } found: {
        tokens.append($0)
      }
    } found: {
      tokens.append($0)
    }
    return tokens
  }
}
