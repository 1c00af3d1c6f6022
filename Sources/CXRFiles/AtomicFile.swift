// SPDX-License-Identifier: Apache-2.0

/// Writes files whole or not at all.
public enum AtomicFile {
  /// Writes a file: aside first, synchronised, then renamed over the former one.
  ///
  /// A reader sees the former content or the new one, never a part. After a failure nothing is
  /// left behind. A link is followed, and what is no regular file – a terminal, a pipe – is
  /// written to as it is.
  ///
  /// - Parameters:
  ///   - bytes: The content.
  ///   - path: The path of the file; its folder must exist.
  ///   - writer: What tells this process from others that write the same file, as part of the name
  ///     of the file aside; `nil` for its number.
  /// - Throws: ``FileError`` with code `.unwritable`, for a read-only folder, a full disk and the
  ///   like.
  public static func write(
    _ bytes: [UInt8], to path: String, by writer: String? = nil
  ) throws(FileError) {
    let file = try PartFile(path: path, writer: writer)
    try file.write(bytes)
    try file.finish()
  }

  /// Writes a text file whole or not at all.
  ///
  /// - Parameters:
  ///   - text: The content.
  ///   - path: The path of the file; its folder must exist.
  /// - Throws: ``FileError`` with code `.unwritable`.
  public static func write(_ text: String, to path: String) throws(FileError) {
    try write(Array(text.utf8), to: path)
  }
}
