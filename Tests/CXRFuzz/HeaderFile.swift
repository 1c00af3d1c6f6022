// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A file without a name, for a reader that wants a path.
final class HeaderFile: Sendable {
  /// The only one.
  static let shared = HeaderFile()

  private let descriptor: Int32

  private init() {
    var path = Array("/tmp/cxr-fuzz.XXXXXX".utf8CString)
    descriptor = unsafe mkstemp(&path)
    precondition(descriptor >= 0, "there is no room for a file")
    unsafe unlink(path)
  }

  /// Replaces the content.
  ///
  /// - Parameter bytes: The new content.
  /// - Returns: A path of the file.
  func replace(_ bytes: [UInt8]) -> String {
    ftruncate(descriptor, 0)
    _ = unsafe pwrite(descriptor, bytes, bytes.count, 0)
    return "/proc/self/fd/\(descriptor)"
  }
}
