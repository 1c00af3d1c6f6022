// SPDX-License-Identifier: Apache-2.0
internal import CZlib
internal import Glibc

/// A file that is written piece by piece, plain or gzip-compressed, and appears when it is finished.
///
/// The pieces go into a file aside, which ``finish()`` renames; dropped before that, it leaves
/// nothing behind. The same content gives the same bytes: the gzip header holds no time and no
/// name.
///
///     let file = try OutputFile(path: "admissions.csv.gz", compression: .gzip)
///     try file.write(writer.drain())
///     try file.finish()
@safe public final class OutputFile {
  /// How the content is stored.
  public enum Compression: Sendable {
    /// As it is.
    case none
    /// As a gzip stream.
    case gzip
  }

  private let part: PartFile
  private var stream: gzFile?

  /// Opens a file aside.
  ///
  /// - Parameters:
  ///   - path: The path that the finished file shall have; its folder must exist.
  ///   - compression: How the content is stored.
  /// - Throws: ``FileError`` with code `.unwritable`.
  public init(path: String, compression: Compression = .none) throws(FileError) {
    part = try PartFile(path: path)
    // zlib closes what it was given, and the part file is still to be synchronised after that.
    let descriptor = dup(part.descriptor)
    guard descriptor >= 0 else { throw part.unwritable() }
    // With T zlib writes the bytes as they are, through the same buffer.
    unsafe stream = gzdopen(descriptor, compression == .gzip ? "wb" : "wbT")
    guard let stream = unsafe stream else {
      close(descriptor)
      throw part.unwritable("zlib cannot be started")
    }
    unsafe gzbuffer(stream, UInt32(ByteSource.chunkSize))
  }

  deinit { if let stream = unsafe stream { unsafe gzclose_w(stream) } }

  /// The path of the file, as given.
  public var path: String { part.path }

  /// Writes bytes.
  ///
  /// - Parameter bytes: What comes next in the file.
  /// - Throws: ``FileError`` with code `.unwritable`, for a full disk and the like.
  /// - Precondition: The file is not finished.
  public func write(_ bytes: [UInt8]) throws(FileError) { try unsafe write(bytes.span.bytes) }

  /// Writes bytes that lie elsewhere, such as in a mapped file.
  ///
  /// - Parameter bytes: What comes next in the file.
  /// - Throws: ``FileError`` with code `.unwritable`, for a full disk and the like.
  /// - Precondition: The file is not finished.
  public func write(_ bytes: RawSpan) throws(FileError) {
    guard let stream = unsafe stream else { preconditionFailure("\(path) is finished") }
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe gzfwrite(buffer.baseAddress, 1, buffer.count, stream)
    }
    guard count == bytes.byteCount else { throw part.unwritable() }
  }

  /// Writes text.
  ///
  /// - Parameter text: What comes next in the file, written in UTF-8.
  /// - Throws: ``FileError`` with code `.unwritable`, for a full disk and the like.
  /// - Precondition: The file is not finished.
  public func write(_ text: String) throws(FileError) { try write(Array(text.utf8)) }

  /// Puts the file in place.
  ///
  /// - Throws: ``FileError`` with code `.unwritable`; nothing is then left behind.
  /// - Precondition: The file is not finished.
  public func finish() throws(FileError) {
    guard let stream = unsafe stream else { preconditionFailure("\(path) is finished") }
    unsafe self.stream = nil
    guard unsafe gzclose_w(stream) == Z_OK else { throw part.unwritable() }
    try part.finish()
  }
}
