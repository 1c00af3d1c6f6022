// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import Foundation
public import CXRText

/// A CLIP tokenizer with what identifies its vocabulary.
public struct PromptTokenizer: Sendable {
  /// The tokenizer.
  public let clip: CLIPTokenizer
  /// The SHA-256 over the SHA-256s of its files, 64 hexadecimal digits.
  public let digest: String

  /// Loads a tokenizer as `CLIPTokenizer` does.
  ///
  /// - Parameter folder: The path of a folder with the vocabulary, or of a model with a subfolder
  ///   `tokenizer` that has it.
  /// - Throws: `TextError` for a vocabulary that is absent or broken, `FileError`.
  public init(folder: String) throws {
    clip = try CLIPTokenizer(folder: folder)
    let names = [
      "added_tokens.json", "merges.txt", "special_tokens_map.json", "tokenizer.json",
      "tokenizer_config.json", "vocab.json",
    ]
    let urls = ["", "tokenizer/"].flatMap { inner in
      names.map { URL(filePath: folder).appending(path: inner + $0) }
    }
    let lines = try urls.filter { FileManager.default.fileExists(atPath: $0.path) }.map { url in
      "\(url.lastPathComponent) \(try FileDigest(path: url.path).sha256)"
    }
    digest = FileDigest.sha256(of: lines.joined(separator: "\n"))
  }
}
