// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A tokenizer without merges in the official layout: every byte but blanks is one token.
enum SmallTokenizer {
  /// The content of its files, by name; prompts are padded with a token.
  static func files(pad: String = "!") throws -> [String: [UInt8]] {
    let printable = Array(33...126) + Array(161...172) + Array(174...255) as [UInt32]
    let letters = (printable + Array(256..<UInt32(512 - printable.count)))
      .compactMap { Unicode.Scalar($0).map { String($0) } }
    let spellings =
      letters + letters.map { $0 + "</w>" } + ["<|startoftext|>", "<|endoftext|>"]
    let vocabulary = Dictionary(uniqueKeysWithValues: spellings.enumerated().map { ($1, $0) })
    return [
      "vocab.json": Array(try JSONSerialization.data(withJSONObject: vocabulary)),
      "merges.txt": Array("#version: 0.2\n".utf8),
      "special_tokens_map.json": Array(
        try JSONSerialization.data(withJSONObject: ["pad_token": pad])),
    ]
  }
}
