// SPDX-License-Identifier: Apache-2.0
internal import CZlib

/// The bytes of a file, decompressed on the way if the content is gzip.
///
/// Whether a file is compressed is decided by its content, never by its name.
///
///     let source = try ByteSource(path: "Data_Entry_2017.csv.gz")
///     var chunk: [UInt8] = []
///     while try source.read(into: &chunk) { consume(chunk) }
@safe public final class ByteSource {
  /// The path of the file, as given.
  public let path: String
  private let file: gzFile

  /// Opens a file.
  ///
  /// - Parameter path: The path of a plain or a gzip-compressed file.
  /// - Throws: ``FileError`` with code `.missing` or `.unreadable`.
  public init(path: String) throws(FileError) {
    try requireReadableFile(path)
    guard let file = unsafe gzopen(path, "rb") else {
      throw FileError(
        .unreadable, "\(path) cannot be opened: \(lastSystemError); check its permissions.")
    }
    self.path = path
    unsafe self.file = file
    unsafe gzbuffer(file, UInt32(Self.chunkSize))
  }

  deinit { unsafe gzclose_r(file) }

  /// The number of bytes that a full chunk holds.
  public static let chunkSize = 1 << 18

  /// Replaces the bytes of a chunk by the next ones of the file.
  ///
  /// - Parameter chunk: The chunk to fill; empty at the end of the file.
  /// - Returns: `false` at the end of the file.
  /// - Throws: ``FileError`` with code `.truncated` if a compressed stream ends early, `.malformed`
  ///   if it is corrupt, `.unreadable` if the file cannot be read.
  public func read(into chunk: inout [UInt8]) throws(FileError) -> Bool {
    var count: Int32 = 0
    chunk = unsafe Array(unsafeUninitializedCapacity: Self.chunkSize) { buffer, initializedCount in
      count = unsafe gzread(file, buffer.baseAddress, UInt32(buffer.count))
      initializedCount = max(0, Int(count))
    }
    var status = Z_OK
    let words = unsafe gzerror(file, &status)
    guard count >= 0, status == Z_OK || status == Z_STREAM_END else {
      throw failure(status, words: unsafe words.map { unsafe String(cString: $0) } ?? "")
    }
    return count > 0
  }

  private func failure(_ status: Int32, words: String) -> FileError {
    switch status {
    case Z_BUF_ERROR:
      FileError(
        .truncated, "\(path) ends in the middle of its gzip stream; download or copy it again.")
    case Z_ERRNO:
      FileError(.unreadable, "\(path) cannot be read: \(lastSystemError).")
    default:
      FileError(.malformed, "\(path) is not intact gzip (\(words)); download or copy it again.")
    }
  }
}
