// SPDX-License-Identifier: Apache-2.0
public import CXRFiles
internal import Foundation

/// The files of a model beside its networks, as they are: the tokenizer's and the scheduler's.
public struct CompanionFiles: Hashable, Sendable {
  /// The content of the tokenizer's files, by name.
  public var tokenizer: [String: [UInt8]]
  /// The Python class of the tokenizer.
  public var tokenizerClass: String
  /// The content of `scheduler_config.json`.
  public var scheduler: [UInt8]

  /// Puts files together.
  public init(
    tokenizer: [String: [UInt8]], tokenizerClass: String = "CLIPTokenizer", scheduler: [UInt8]
  ) {
    self.tokenizer = tokenizer
    self.tokenizerClass = tokenizerClass
    self.scheduler = scheduler
  }

  /// Reads the files of a folder.
  ///
  /// - Throws: `FileError` with code `.missing` or `.unreadable`.
  public init(of folder: DiffusionFolder) throws(FileError) {
    var tokenizer: [String: [UInt8]] = [:]
    for name in Self.tokenizerNames {
      let path = "\(folder.tokenizerPath)/\(name)"
      guard FileManager.default.fileExists(atPath: path) else { continue }
      tokenizer[name] = try Self.bytes(path)
    }
    self.init(
      tokenizer: tokenizer,
      tokenizerClass: folder.index.parts["tokenizer"]?.className ?? "CLIPTokenizer",
      scheduler: try Self.bytes(folder.schedulerPath))
  }

  /// The Python class of the scheduler, which its file names.
  ///
  /// - Throws: `FileError` with code `.malformed`.
  public func schedulerClass() throws(FileError) -> String {
    let entries = try? JSONDecoder().decode(
      [String: ConfigurationValue].self, from: Data(scheduler))
    guard case .text(let name)? = entries?["_class_name"] else {
      throw FileError(
        .malformed,
        "\(DiffusionFolder.schedulerName) names no class; put the scheduler's in it as "
          + "_class_name, such as PNDMScheduler.")
    }
    return name
  }

  private static func bytes(_ path: String) throws(FileError) -> [UInt8] {
    try MappedFile(path: path).withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe Array($0) }
    }
  }

  /// What tokenizers of CLIP are saved as, by old and new releases.
  static let tokenizerNames = [
    "added_tokens.json", "merges.txt", "special_tokens_map.json", "tokenizer.json",
    "tokenizer_config.json", "vocab.json",
  ]
}
