// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A file without a name, for a reader that wants a path.
final class HeaderFile: Sendable {
  /// The only one.
  static let shared = HeaderFile()

  private let descriptor: Int32

  private init() {
    // mkstemp puts letters of its own in the place of the six at the end.
    let template = FileManager.default.temporaryDirectory.appending(path: "cxr-fuzz.XXXXXX")
    var path = Array(template.path.utf8CString)
    descriptor = unsafe mkstemp(&path)
    precondition(descriptor >= 0, "there is no room for a file")
    unsafe unlink(path)
  }

  /// Replaces the content.
  ///
  /// - Parameter bytes: The new content.
  /// - Returns: A path of the file.
  func replace(_ bytes: [UInt8]) -> String {
    // A reader that is given less than was meant would pass for the wrong reason.
    let count = unsafe pwrite(descriptor, bytes, bytes.count, 0)
    precondition(
      ftruncate(descriptor, off_t(bytes.count)) == 0 && count == bytes.count,
      "the temporary file cannot be written")
    return "/proc/self/fd/\(descriptor)"
  }
}
