// SPDX-License-Identifier: Apache-2.0
internal import Glibc

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
  /// - Throws: ``FileError`` with code `.unwritable`, for a read-only folder, a full disk and the
  ///   like.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    let (target, isRegular) = resolved(path)
    guard isRegular else { return try writeThrough(bytes, to: path) }
    let aside = "\(target).\(getpid()).part"
    let descriptor = unsafe open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw unwritable(path) }
    do throws(FileError) {
      try writeAll(bytes, to: descriptor, for: path)
      guard fsync(descriptor) == 0 || errno == EINVAL else { throw unwritable(path) }
    } catch {
      close(descriptor)
      unsafe unlink(aside)
      throw error
    }
    guard close(descriptor) == 0, unsafe rename(aside, target) == 0 else {
      let error = unwritable(path)
      unsafe unlink(aside)
      throw error
    }
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

  /// Follows links; a file that does not exist yet counts as regular.
  private static func resolved(_ path: String) -> (path: String, isRegular: Bool) {
    var status = stat()
    guard unsafe stat(path, &status) == 0, let real = unsafe realpath(path, nil) else {
      return (path, true)
    }
    defer { unsafe free(real) }
    return (unsafe String(cString: real), status.st_mode & S_IFMT == S_IFREG)
  }

  private static func writeThrough(_ bytes: [UInt8], to path: String) throws(FileError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unwritable(path) }
    defer { close(descriptor) }
    try writeAll(bytes, to: descriptor, for: path)
  }

  private static func writeAll(
    _ bytes: [UInt8], to descriptor: Int32, for path: String
  ) throws(FileError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(
          descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw unwritable(path) }
      written += count
    }
  }

  private static func unwritable(_ path: String) -> FileError {
    FileError(
      .unwritable,
      "\(path) cannot be written: \(lastSystemError); check the folder, its permissions and the "
        + "free space.")
  }
}
