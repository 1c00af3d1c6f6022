// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import Foundation

/// The answers that were paid for already, one file each.
///
/// A file's name is the SHA-256 of model, instruction and text, so that a change of any of them asks
/// anew. The files hold answers, which are as confidential as the reports.
struct CompletionCache: Sendable {
  private let folder: URL

  init(folder: String) { self.folder = URL(filePath: folder) }

  /// The answer to a text, or `nil` if it is not known.
  func answer(for key: String) throws -> String? {
    let file = url(key)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    return try String(contentsOf: file, encoding: .utf8)
  }

  /// Keeps an answer.
  func store(_ answer: String, for key: String) throws {
    let file = url(key)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try AtomicFile.write(answer, to: file.path)
  }

  /// The key of a text: parts are separated by a character that none of them holds.
  static func key(model: String, instruction: String, text: String) -> String {
    FileDigest.sha256(of: [model, instruction, text].joined(separator: "\u{0}"))
  }

  /// Two levels, since folders of a hundred thousand files are slow to list.
  private func url(_ key: String) -> URL {
    folder.appending(path: String(key.prefix(2))).appending(path: key + ".txt")
  }
}
