// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import Foundation

/// The files of a run that another one has replaced in the same folder.
struct FormerFiles {
  /// The folder of the runs.
  let folder: String

  /// Puts folders out of the way; each goes in a single step, however much is in it.
  ///
  /// - Parameter paths: The folders, in the folder of the runs.
  /// - Throws: `FileError` with code `.unwritable`.
  func setAside(_ paths: [String]) throws(FileError) {
    for path in paths {
      do {
        try FileManager.default.moveItem(
          atPath: path, toPath: "\(folder)/\(Self.prefix)\(UUID().uuidString)")
      } catch {
        throw FileError(
          .unwritable,
          "\(path) has images of the former run and cannot be moved; check the permissions of the "
            + "folder.", cause: error)
      }
    }
  }

  /// Removes what was put out of the way, by this process or by one that died.
  ///
  /// Another one may be at it too; what is left is removed when the run is begun the next time.
  func remove() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where name.hasPrefix(Self.prefix) {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  /// What the names begin with.
  private static let prefix = ".former-"
}
