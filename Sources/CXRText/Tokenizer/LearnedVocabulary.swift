// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A vocabulary for ``CLIPTokenizer`` that is learned from texts, for a model that has none.
///
///     let vocabulary = LearnedVocabulary(of: prompts, limit: 2048)
///     for (name, bytes) in try vocabulary.files() { … }
///
/// It begins with the 256 bytes, each within a word and at its end, so that every text has tokens.
/// The pair of tokens that is most frequent then becomes a token, again and again; of pairs that
/// are as frequent the one of smaller numbers comes first.
///
/// - SeeAlso: Sennrich et al., *ACL* 2016, <https://doi.org/10.18653/v1/P16-1162>.
public struct LearnedVocabulary: Sendable {
  /// The spellings by number; the last two begin and end a text.
  public let spellings: [String]
  /// The pairs that are merged, in their order.
  public let merges: [Merge]

  /// Two tokens that become one.
  public struct Merge: Hashable, Sendable {
    /// The spelling of the left one.
    public let left: String
    /// The spelling of the right one.
    public let right: String
  }

  /// The tokens that there are without learning: bytes, and what begins and ends a text.
  public static let smallestCount = 514

  /// Learns from texts.
  ///
  /// - Parameters:
  ///   - texts: The texts.
  ///   - limit: The most tokens, at least ``smallestCount``; there are fewer if no pair occurs twice.
  /// - Complexity: O(characters + *m* · *w*) for *m* merges and *w* characters of different words.
  public init(of texts: some Sequence<String>, limit: Int) {
    precondition(limit >= Self.smallestCount, "bytes alone need \(Self.smallestCount) tokens")
    let letters = ByteAlphabet.characters.map { String($0) }
    var spellings = letters + letters.map { $0 + BytePairEncoder.endOfWord }
    var merges: [Merge] = []
    var words = Words(of: texts)
    while spellings.count + 2 < limit, let pair = words.mostFrequentPair {
      let merge = Merge(left: spellings[pair.left], right: spellings[pair.right])
      words.merge(pair, into: spellings.count)
      spellings.append(merge.left + merge.right)
      merges.append(merge)
    }
    self.spellings = spellings + [SpecialToken.start.standard, SpecialToken.end.standard]
    self.merges = merges
  }

  /// The files of the tokenizer, by name; prompts are filled up with the token that ends them.
  ///
  /// - Parameter contextLength: The tokens that a text encoder takes.
  /// - Returns: What transformers' `CLIPTokenizer` reads, too.
  /// - Throws: `EncodingError` in no known case.
  public func files(contextLength: Int = 77) throws -> [String: [UInt8]] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let numbers = Dictionary(uniqueKeysWithValues: spellings.enumerated().map { ($1, $0) })
    let special = ["bos_token": SpecialToken.start.standard].merging(
      ["eos_token", "pad_token", "unk_token"].map { ($0, SpecialToken.end.standard) }
    ) { $1 }
    let configuration = Configuration(
      tokenizerClass: "CLIPTokenizer", maximumLength: contextLength, special: special)
    let lines = ["#version: 0.2"] + merges.map { "\($0.left) \($0.right)" }
    return [
      "vocab.json": Array(try encoder.encode(numbers)),
      "merges.txt": Array((lines.joined(separator: "\n") + "\n").utf8),
      "special_tokens_map.json": Array(try encoder.encode(special)),
      "tokenizer_config.json": Array(try encoder.encode(configuration)),
    ]
  }

  /// `tokenizer_config.json`.
  private struct Configuration: Encodable {
    let tokenizerClass: String
    let maximumLength: Int
    let special: [String: String]

    private struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(tokenizerClass, forKey: Key(stringValue: "tokenizer_class"))
      try container.encode(maximumLength, forKey: Key(stringValue: "model_max_length"))
      for (name, token) in special {
        try container.encode(token, forKey: Key(stringValue: name))
      }
    }
  }
}

extension LearnedVocabulary {
  /// The different words of texts as tokens, and how often pairs of tokens occur in all of them.
  private struct Words {
    struct Pair: Hashable, Comparable {
      let left, right: Int

      static func < (first: Pair, second: Pair) -> Bool {
        (first.left, first.right) < (second.left, second.right)
      }
    }

    private var words: [(tokens: [Int], count: Int)]
    private var pairCounts: [Pair: Int] = [:]

    init(of texts: some Sequence<String>) {
      var counts: [[UInt8]: Int] = [:]
      for text in texts {
        let normalized = NormalizedText(Array(text.utf8)[...])
        var position = 0
        while let word = normalized.word(from: position, to: normalized.bytes.count) {
          counts[Array(normalized.bytes[word]), default: 0] += 1
          position = word.upperBound
        }
      }
      words = counts.map { bytes, count in
        var tokens = bytes.map { Int($0) }
        // The last byte of a word is a token of its own.
        tokens[tokens.count - 1] += ByteAlphabet.characters.count
        return (tokens, count)
      }
      for index in words.indices { count(words[index], times: 1) }
    }

    /// The pair that occurs most often, if it occurs twice.
    var mostFrequentPair: Pair? {
      pairCounts.filter { $0.value > 1 }
        .max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// Makes a token of a pair wherever it stands.
    mutating func merge(_ pair: Pair, into token: Int) {
      for index in words.indices {
        let former = words[index]
        var tokens: [Int] = []
        for next in former.tokens {
          if next == pair.right, tokens.last == pair.left {
            tokens[tokens.count - 1] = token
          } else {
            tokens.append(next)
          }
        }
        guard tokens.count < former.tokens.count else { continue }
        count(former, times: -1)
        words[index].tokens = tokens
        count(words[index], times: 1)
      }
    }

    private mutating func count(_ word: (tokens: [Int], count: Int), times sign: Int) {
      for (left, right) in zip(word.tokens, word.tokens.dropFirst()) {
        pairCounts[Pair(left: left, right: right), default: 0] += sign * word.count
      }
    }
  }
}
