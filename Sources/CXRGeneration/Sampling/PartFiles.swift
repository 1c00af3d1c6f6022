// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import Foundation

/// What writing a file aside leaves behind when the process is killed.
///
/// The name says who was writing, as a claim does, so that a process elsewhere and one that has the
/// number of a dead one are told apart.
struct PartFiles {
  /// The folder that the file lies in.
  let folder: String
  private let name: String

  /// Looks for what was left of a file.
  ///
  /// - Parameter path: The path of the file.
  init(of path: String) {
    let url = URL(filePath: path)
    name = url.lastPathComponent
    folder = url.deletingLastPathComponent().path
  }

  /// What the name of a file that is being written says of the writer.
  ///
  /// - Parameter owner: What identifies the process in its claims.
  /// - Returns: The same, as part of a name.
  static func tag(of owner: String) -> String { owner.replacing("/", with: "_") }

  /// Removes what a process that lives no more left, and what nobody has written to for long.
  ///
  /// - Parameter date: A file that was last written to before is left over whoever wrote it.
  /// - Throws: `FileError` with code `.unwritable`.
  func removeStale(olderThan date: Date) throws(FileError) {
    let manager = FileManager.default
    for entry in (try? manager.contentsOfDirectory(atPath: folder)) ?? []
    where entry.hasPrefix("\(name).") && entry.hasSuffix(".part") {
      let tag = String(entry.dropFirst(name.count + 1).dropLast(5))
      let path = "\(folder)/\(entry)"
      guard ProcessIdentity.isGone(tag.replacing("_", with: "/")) || isOlder(path, than: date)
      else { continue }
      do {
        try manager.removeItem(atPath: path)
      } catch {
        // Another process may have removed it.
        guard manager.fileExists(atPath: path) else { continue }
        throw FileError(.unwritable, "\(path) cannot be removed.", cause: error)
      }
    }
  }

  private func isOlder(_ path: String, than date: Date) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let written = attributes?[.modificationDate] as? Date else { return false }
    return written < date
  }
}
