// SPDX-License-Identifier: Apache-2.0
internal import Crypto
public import Foundation

/// What identifies the content of a file: its SHA-256 and its size.
public struct FileDigest: Codable, Hashable, Sendable {
  /// The SHA-256 of the bytes on disk, 64 lower-case hexadecimal digits.
  public let sha256: String
  /// The number of bytes on disk.
  public let byteCount: Int

  /// Creates a digest from its parts.
  ///
  /// - Parameters:
  ///   - sha256: The SHA-256, 64 lower-case hexadecimal digits.
  ///   - byteCount: The number of bytes.
  public init(sha256: String, byteCount: Int) {
    self.sha256 = sha256
    self.byteCount = byteCount
  }

  /// Reads a file as it lies on disk, compressed or not.
  ///
  /// - Parameter path: The path of the file.
  /// - Throws: ``FileError`` with code `.missing` or `.unreadable`.
  /// - Complexity: O(size) in time; one chunk in memory.
  public init(path: String) throws(FileError) {
    try requireReadableFile(path)
    do {
      let handle = try FileHandle(forReadingFrom: URL(filePath: path))
      var hash = SHA256()
      var byteCount = 0
      while let chunk = try handle.read(upToCount: ByteSource.chunkSize), !chunk.isEmpty {
        hash.update(data: chunk)
        byteCount += chunk.count
      }
      self.init(sha256: Self.hexadecimal(hash.finalize()), byteCount: byteCount)
    } catch {
      throw FileError(.unreadable, "\(path) cannot be read; check its permissions.", cause: error)
    }
  }

  /// Returns the SHA-256 of a text.
  ///
  /// - Parameter text: Any text.
  /// - Returns: 64 lower-case hexadecimal digits.
  public static func sha256(of text: String) -> String {
    hexadecimal(SHA256.hash(data: Data(text.utf8)))
  }

  /// Returns the SHA-256 of bytes.
  ///
  /// - Parameter bytes: Any bytes.
  /// - Returns: 64 lower-case hexadecimal digits.
  public static func sha256(of bytes: some ContiguousBytes) -> String {
    var hash = SHA256()
    unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
    return hexadecimal(hash.finalize())
  }

  private static func hexadecimal(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let bytes = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
