// SPDX-License-Identifier: Apache-2.0

/// The part of `special_tokens_map.json` and `tokenizer_config.json` that names tokens by role.
struct SpecialTokens: Decodable {
  private let start: TokenEntry?
  private let end: TokenEntry?
  private let unknown: TokenEntry?
  private let pad: TokenEntry?

  private enum CodingKeys: String, CodingKey {
    case start = "bos_token"
    case end = "eos_token"
    case unknown = "unk_token"
    case pad = "pad_token"
  }

  /// The tokens that are named.
  var byToken: [SpecialToken: TokenEntry] {
    [.start: start, .end: end, .unknown: unknown, .pad: pad].compactMapValues(\.self)
  }
}
