// SPDX-License-Identifier: Apache-2.0

/// A file in a zip archive.
public struct ZipArchiveEntry: Equatable, Sendable {
  /// The path in the archive; relative, without steps upwards.
  public let path: String
  /// The size that the archive states, uncompressed.
  public let byteCount: Int
}
