// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// A file that is written aside and put in place when it is complete.
///
/// A link is followed, and what is no regular file – a terminal, a pipe – is written to as it is.
/// Unless it is finished, nothing is left behind.
final class PartFile {
  /// The path as the caller gave it.
  let path: String
  /// The path of the file that is being written.
  let writtenPath: String
  /// The open file.
  private(set) var descriptor: Int32
  /// The path to rename to, or `nil` when the file is written in place.
  private let target: String?

  /// Opens the file aside.
  ///
  /// - Parameters:
  ///   - path: The path that the finished file shall have; its folder must exist.
  ///   - writer: What tells this process from others that write the same file, as part of a name;
  ///     `nil` for its number.
  /// - Throws: ``FileError`` with code `.unwritable`.
  init(path: String, writer: String? = nil) throws(FileError) {
    let (resolvedPath, isRegular) = Self.resolved(path)
    self.path = path
    target = isRegular ? resolvedPath : nil
    writtenPath = isRegular ? "\(resolvedPath).\(writer ?? "\(getpid())").part" : path
    let creates = unsafe isRegular || access(path, F_OK) != 0
    let flags = O_WRONLY | O_CLOEXEC | (creates ? O_CREAT | O_TRUNC : 0)
    descriptor = unsafe open(writtenPath, flags, 0o644)
    guard descriptor >= 0 else { throw unwritable() }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    if target != nil { unsafe unlink(writtenPath) }
  }

  /// Writes all bytes.
  ///
  /// - Parameter bytes: What comes next in the file.
  /// - Throws: ``FileError`` with code `.unwritable`.
  func write(_ bytes: [UInt8]) throws(FileError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw unwritable() }
      written += count
    }
  }

  /// Synchronises the file and renames it over the former one.
  ///
  /// - Throws: ``FileError`` with code `.unwritable`; the file is then removed.
  func finish() throws(FileError) {
    precondition(descriptor >= 0, "a file is finished once")
    if target != nil, fsync(descriptor) != 0, errno != EINVAL { throw unwritable() }
    let status = close(descriptor)
    descriptor = -1
    guard let target else {
      guard status == 0 else { throw unwritable() }
      return
    }
    guard status == 0, unsafe rename(writtenPath, target) == 0 else {
      let error = unwritable()
      unsafe unlink(writtenPath)
      throw error
    }
  }

  /// Says that the last system call could not write.
  ///
  /// - Returns: The error, naming the path and the system's reason.
  func unwritable() -> FileError { unwritable(lastSystemError) }

  /// Says that the file cannot be written.
  ///
  /// - Parameter reason: A few words.
  /// - Returns: The error, naming the path and the reason.
  func unwritable(_ reason: String) -> FileError {
    FileError(
      .unwritable,
      "\(path) cannot be written: \(reason); check the folder, its permissions and the "
        + "free space.")
  }

  /// Follows links; a file that does not exist yet counts as regular.
  private static func resolved(_ path: String) -> (path: String, isRegular: Bool) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      // A link to a file that does not exist yet is written through, never replaced.
      return (path, unsafe lstat(path, &status) != 0)
    }
    // What a link leads to may have no path of its own, as the pipe behind /dev/stdout.
    guard status.st_mode & S_IFMT == S_IFREG, let real = unsafe realpath(path, nil) else {
      return (path, false)
    }
    defer { unsafe free(real) }
    return (unsafe String(cString: real), true)
  }
}
