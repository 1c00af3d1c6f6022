// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import CXRText
import Foundation

/// A tokenizer without merges: every byte but blanks is one token, so that counts are easily told.
enum LetterTokenizer {
  static func make() throws -> CLIPTokenizer {
    let folder = try TemporaryFolder()
    return try CLIPTokenizer(folder: write(to: folder))
  }

  /// Writes the vocabulary in the official layout.
  @discardableResult
  static func write(to folder: TemporaryFolder) throws -> String {
    let printable = Array(33...126) + Array(161...172) + Array(174...255) as [UInt32]
    let letters = (printable + Array(256..<UInt32(512 - printable.count)))
      .compactMap { Unicode.Scalar($0).map { String($0) } }
    let spellings =
      letters + letters.map { $0 + "</w>" } + ["<|startoftext|>", "<|endoftext|>"]
    let vocabulary = Dictionary(uniqueKeysWithValues: spellings.enumerated().map { ($1, $0) })
    try folder.write(JSONSerialization.data(withJSONObject: vocabulary), to: "vocab.json")
    try folder.write("#version: 0.2\n", to: "merges.txt")
    return folder.url.path
  }
}
