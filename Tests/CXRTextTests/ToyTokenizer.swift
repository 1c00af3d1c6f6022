// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import CXRText
import Foundation

/// A tokenizer over the 256 bytes and a handful of merges, written in the official layouts.
///
/// Ids as in the real one: bytes, bytes with end-of-word mark, merges, start and end.
struct ToyTokenizer {
  static let start = "<|startoftext|>"
  static let end = "<|endoftext|>"

  /// Merges by rank; "the" is never found whole, because `h e</w>` is no merge before `t h`.
  static let merges = [
    ("h", "e"), ("t", "h"), ("t", "he</w>"), ("h", "e</w>"), ("c", "h"), ("e", "s"), ("a", "a"),
    ("aa", "aa"), ("n", "o</w>"),
  ]

  /// The spellings in the order of their ids.
  let spellings: [String]
  let folder: TemporaryFolder

  init() throws {
    let printable = Array(33...126) + Array(161...172) + Array(174...255) as [UInt32]
    let letters = (printable + Array(256..<UInt32(256 + 256 - printable.count)))
      .compactMap { Unicode.Scalar($0).map { String($0) } }
    spellings =
      letters + letters.map { $0 + "</w>" } + Self.merges.map { $0.0 + $0.1 }
      + [Self.start, Self.end]
    folder = try TemporaryFolder()
  }

  /// The id of a spelling, −1 if there is none.
  func id(_ spelling: String) -> Int { spellings.firstIndex(of: spelling) ?? -1 }

  /// The ids of spellings between start and end.
  func ids(_ spellings: String...) -> [Int] {
    [id(Self.start)] + spellings.map { id($0) } + [id(Self.end)]
  }

  private var vocabulary: [String: Int] {
    Dictionary(uniqueKeysWithValues: spellings.enumerated().map { ($1, $0) })
  }

  private func write(_ content: Any, to name: String) throws {
    try folder.write(JSONSerialization.data(withJSONObject: content), to: name)
  }

  /// Writes `vocab.json` and `merges.txt`, and a map of special tokens if a pad is given.
  func loaded(pad: String? = nil) throws -> CLIPTokenizer {
    try write(vocabulary, to: "vocab.json")
    let lines = ["#version: 0.2"] + Self.merges.map { "\($0.0) \($0.1)" }
    try folder.write(lines.joined(separator: "\n") + "\n", to: "merges.txt")
    if let pad {
      try write(["pad_token": Self.end, "model_max_length": 8], to: "tokenizer_config.json")
      try write(["pad_token": ["content": pad]], to: "special_tokens_map.json")
    }
    return try CLIPTokenizer(folder: folder.url.path)
  }

  /// Writes `tokenizer.json` into a subfolder, its merges as lines or as pairs.
  func loadedFromOneFile(
    mergesArePairs: Bool, suffix: String = "</w>"
  ) throws -> CLIPTokenizer {
    let merges: [Any] = Self.merges.map {
      mergesArePairs ? [$0.0, $0.1] as Any : "\($0.0) \($0.1)"
    }
    let flags: [String: Any] = ["single_word": false, "normalized": false, "special": true]
    let added = ["!", Self.start, Self.end].map { content in
      flags.merging(["id": id(content), "content": content]) { $1 }
    }
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "tokenizer"), withIntermediateDirectories: true)
    try write(
      [
        "added_tokens": added,
        "model": [
          "type": "BPE", "vocab": vocabulary, "merges": merges, "end_of_word_suffix": suffix,
        ],
      ], to: "tokenizer/tokenizer.json")
    try write(["pad_token": "!"], to: "tokenizer/tokenizer_config.json")
    return try CLIPTokenizer(folder: folder.url.path)
  }
}
