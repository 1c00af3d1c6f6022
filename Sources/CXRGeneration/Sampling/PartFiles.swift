// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import Foundation
internal import Glibc

/// What writing a file aside leaves behind when the process is killed.
enum PartFiles {
  /// Removes what a process that lives no more left of a file.
  ///
  /// - Parameter path: The path of the file.
  /// - Throws: `FileError` with code `.unwritable`.
  static func removeStale(of path: String) throws(FileError) {
    let manager = FileManager.default
    let name = URL(filePath: path).lastPathComponent
    let folder = folder(of: path)
    for entry in (try? manager.contentsOfDirectory(atPath: folder)) ?? []
    where entry.hasPrefix("\(name).") && entry.hasSuffix(".part") {
      let number = entry.dropFirst(name.count + 1).dropLast(5)
      guard let process = Int32(number), kill(process, 0) != 0, errno == ESRCH else { continue }
      do {
        try manager.removeItem(atPath: "\(folder)/\(entry)")
      } catch {
        throw FileError(.unwritable, "\(folder)/\(entry) cannot be removed.", cause: error)
      }
    }
  }

  /// The folder that a file lies in.
  static func folder(of path: String) -> String {
    URL(filePath: path).deletingLastPathComponent().path
  }
}
