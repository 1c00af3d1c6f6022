// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Foundation
internal import Glibc

/// Writes folders whole or not at all.
public enum AtomicFolder {
  /// Writes a folder: aside first, then in place of the former one in a single step.
  ///
  /// A reader sees the former folder or the new one, never a part. What a run that was killed left
  /// aside is removed by the next one.
  ///
  ///     try AtomicFolder.write(to: "runs/a/best") { folder in
  ///       try AtomicFile.write(text, to: "\(folder)/classifier.json")
  ///     }
  ///
  /// - Parameters:
  ///   - path: The path of the folder; folders above it are made.
  ///   - body: Writes the files into the folder that it is given, through to the disk.
  /// - Throws: What the body throws, and ``FileError`` with code `.unwritable`; the former folder is
  ///   then as it was.
  public static func write(to path: String, _ body: (String) throws -> Void) throws {
    let part = "\(path).part"
    let manager = FileManager.default
    do {
      if manager.fileExists(atPath: part) { try manager.removeItem(atPath: part) }
      try manager.createDirectory(atPath: part, withIntermediateDirectories: true)
    } catch {
      throw FileError(
        .unwritable,
        "\(part) cannot be made; check the folder above it, its permissions and the "
          + "free space.", cause: error)
    }
    do {
      try body(part)
      try synchronize(part)
      try exchange(part, path)
      try? manager.removeItem(atPath: part)
      try synchronize(URL(filePath: path).deletingLastPathComponent().path)
    } catch {
      try? manager.removeItem(atPath: part)
      throw error
    }
  }

  /// Gives a folder its name; a former folder of the name gets this one's.
  private static func exchange(_ part: String, _ path: String) throws(FileError) {
    let exists = unsafe access(path, F_OK) == 0
    let status = unsafe renameat2(
      AT_FDCWD, part, AT_FDCWD, path, exists ? cxr_rename_exchange : cxr_rename_noreplace)
    guard status == 0 else {
      throw FileError(.unwritable, "\(path) cannot be put in place: \(lastSystemError).")
    }
  }

  /// Waits until the names in a folder are on the disk.
  private static func synchronize(_ path: String) throws(FileError) {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw FileError(.unwritable, "\(path) cannot be opened: \(lastSystemError).")
    }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw FileError(.unwritable, "\(path) cannot be written: \(lastSystemError).")
    }
  }
}
