// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// A file whose bytes are read from memory, which the system fills as they are touched.
///
///     let file = try MappedFile(path: "shard-00000.npy")
///     file.withBytes { $0.byteCount }
///
/// The file must not be shortened while it is mapped: the system ends a program that reads behind
/// the end.
public final class MappedFile: Sendable {
  /// The number of bytes.
  public let count: Int
  private let mapping: Mapping

  /// Where the file lies in memory; an address, because a raw pointer may not be sent.
  private struct Mapping: Sendable {
    let address: UInt
  }

  /// Maps a whole file.
  ///
  /// - Parameter path: The path of the file.
  /// - Throws: ``FileError`` with code `.missing` or `.unreadable`.
  public init(path: String) throws(FileError) {
    try requireReadableFile(path)
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.unreadable(path) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw Self.unreadable(path) }
    count = Int(status.st_size)
    guard count > 0 else {
      mapping = Mapping(address: 0)
      return
    }
    guard let start = unsafe mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0),
      unsafe start != MAP_FAILED
    else { throw Self.unreadable(path) }
    mapping = Mapping(address: UInt(bitPattern: start))
  }

  deinit {
    guard count > 0 else { return }
    unsafe munmap(UnsafeMutableRawPointer(bitPattern: mapping.address), count)
  }

  /// Where the bytes begin, for code that holds this object as long as it uses the address.
  var start: UnsafeRawPointer? { unsafe UnsafeRawPointer(bitPattern: mapping.address) }

  /// Lends the bytes.
  ///
  /// - Parameter body: Called once with all bytes.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws.
  public func withBytes<Value, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    let buffer = unsafe UnsafeRawBufferPointer(start: start, count: count)
    // The mapping must outlive the call, also when this is the last use of the object.
    return try withExtendedLifetime(self) { () throws(Failure) in
      try body(unsafe RawSpan(_unsafeBytes: buffer))
    }
  }

  private static func unreadable(_ path: String) -> FileError {
    FileError(.unreadable, "\(path) cannot be read: \(lastSystemError).")
  }
}
