// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Reads the beginning of a file as it lies on disk, compressed or not.
///
/// For the many small files that ``ByteSource``, with its buffers, is too heavy for.
///
/// - Parameters:
///   - path: The path of the file.
///   - byteLimit: The most bytes to read.
/// - Returns: The bytes, `byteLimit` of them or the whole file.
/// - Throws: ``FileError`` with code `.missing` or `.unreadable`.
func fileBytes(at path: String, upTo byteLimit: Int) throws(FileError) -> [UInt8] {
  let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else {
    throw FileError(
      errno == ENOENT ? .missing : .unreadable, "\(path): \(lastSystemError); check the path.")
  }
  defer { close(descriptor) }
  var status = stat()
  guard unsafe fstat(descriptor, &status) == 0 else {
    throw FileError(.unreadable, "\(path) cannot be read: \(lastSystemError).")
  }
  var problem: String?
  let bytes = unsafe [UInt8](
    unsafeUninitializedCapacity: min(Int(status.st_size), byteLimit)
  ) { buffer, count in
    while count < buffer.count {
      let received = unsafe read(
        descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
      if received < 0, errno == EINTR { continue }
      if received < 0 { problem = lastSystemError }
      guard received > 0 else { break }
      count += received
    }
  }
  guard let problem else { return bytes }
  throw FileError(.unreadable, "\(path) cannot be read: \(problem).")
}
