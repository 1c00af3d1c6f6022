// SPDX-License-Identifier: Apache-2.0

/// `tokenizer.json`, as far as it matters here.
struct TokenizerFile: Decodable {
  /// The byte-pair encoding.
  struct Model: Decodable {
    let type: String?
    let vocab: [String: Int32]
    let merges: [Merge]
    let endOfWordSuffix: String?

    private enum CodingKeys: String, CodingKey {
      case type, vocab, merges
      case endOfWordSuffix = "end_of_word_suffix"
    }
  }

  /// A merge: `"a b"`, or `["a", "b"]` as newer writers have it.
  struct Merge: Decodable {
    let left: String
    let right: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      let parts: [String] =
        if let line = try? container.decode(String.self) {
          line.split(separator: " ").map(String.init)
        } else {
          try container.decode([String].self)
        }
      guard parts.count == 2 else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "a merge is a pair of tokens")
      }
      (left, right) = (parts[0], parts[1])
    }
  }

  let model: Model
  let addedTokens: [TokenEntry]?

  private enum CodingKeys: String, CodingKey {
    case model
    case addedTokens = "added_tokens"
  }
}
