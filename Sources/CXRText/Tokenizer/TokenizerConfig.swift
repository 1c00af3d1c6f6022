// SPDX-License-Identifier: Apache-2.0

/// `tokenizer_config.json`, as far as it matters here.
struct TokenizerConfig: Decodable {
  let special: SpecialTokens
  /// The context length; writers put an enormous number where they know none.
  let maximumLength: Double?
  let added: [Int: TokenEntry]?

  private enum CodingKeys: String, CodingKey {
    case maximumLength = "model_max_length"
    case added = "added_tokens_decoder"
  }

  init(from decoder: any Decoder) throws {
    special = try SpecialTokens(from: decoder)
    let values = try decoder.container(keyedBy: CodingKeys.self)
    maximumLength = try values.decodeIfPresent(Double.self, forKey: .maximumLength)
    added = try values.decodeIfPresent([Int: TokenEntry].self, forKey: .added)
  }
}
