// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A file without a name, for a reader that wants a path.
final class HeaderFile: Sendable {
  /// The only one.
  static let shared = HeaderFile()

  private let descriptor: Int32

  private init() {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "cxr-fuzz-\(UUID().uuidString)").path
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
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
