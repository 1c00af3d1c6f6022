// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Foundation
internal import Glibc

/// Writes folders whole or not at all.
public enum AtomicFolder {
  /// Writes a folder: aside first, then in place of the former one in a single step.
  ///
  /// A reader sees the former folder or the new one, never a part. What a run that was killed left
  /// aside is removed by the next one. Where the file system cannot exchange two folders in one step,
  /// as on many network shares, there is a moment without the folder, after which ``recover(_:)``
  /// brings the former one back.
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
    let path = URL(filePath: path, directoryHint: .notDirectory).path
    let part = "\(path).part"
    let manager = FileManager.default
    try recover(path)
    var isFolder: ObjCBool = false
    guard unsafe !manager.fileExists(atPath: path, isDirectory: &isFolder) || isFolder.boolValue
    else { throw FileError(.unwritable, "\(path) is a file; name a folder.") }
    do {
      if manager.fileExists(atPath: part) { try manager.removeItem(atPath: part) }
      try manager.createDirectory(atPath: part, withIntermediateDirectories: true)
    } catch {
      throw FileError(
        .unwritable,
        "\(part) cannot be made; check the folder above it, its permissions and the free space.",
        cause: error)
    }
    do {
      try body(part)
      try synchronize(part)
      try exchange(part, path)
    } catch {
      try? manager.removeItem(atPath: part)
      throw error
    }
    for rest in [part, former(path)] { try? manager.removeItem(atPath: rest) }
    try synchronize(URL(filePath: path).deletingLastPathComponent().path)
  }

  /// Whether there is a folder, be it one that ``recover(_:)`` has to bring back; changes nothing.
  ///
  /// - Parameter path: The path of the folder.
  /// - Returns: Whether there is one.
  public static func exists(_ path: String) -> Bool {
    // In this order, since another process may bring it back in between.
    unsafe access(former(path), F_OK) == 0 || access(path, F_OK) == 0
  }

  /// Brings back a folder whose replacement was broken off between two steps.
  ///
  /// - Parameter path: The path of the folder.
  /// - Throws: ``FileError`` with code `.unwritable`.
  public static func recover(_ path: String) throws(FileError) {
    guard unsafe access(path, F_OK) != 0, unsafe access(former(path), F_OK) == 0 else { return }
    try rename(former(path), path)
  }

  /// Gives a folder its name; a former folder of the name gets this one's.
  private static func exchange(_ part: String, _ path: String) throws(FileError) {
    guard unsafe access(path, F_OK) == 0 else { return try rename(part, path) }
    if unsafe renameat2(AT_FDCWD, part, AT_FDCWD, path, cxr_rename_exchange) == 0 { return }
    guard [EINVAL, ENOSYS, ENOTSUP].contains(errno) else { throw unwritable(path) }
    try exchangeInSteps(part, path)
  }

  /// Exchanges where the file system cannot do it in one step; the former folder is left aside.
  static func exchangeInSteps(_ part: String, _ path: String) throws(FileError) {
    // One that a kill has left aside is not replaced by a rename.
    try? FileManager.default.removeItem(atPath: former(path))
    try rename(path, former(path))
    do throws(FileError) {
      try rename(part, path)
    } catch {
      try? rename(former(path), path)
      throw error
    }
  }

  private static func former(_ path: String) -> String { "\(path).former" }

  private static func rename(_ from: String, _ to: String) throws(FileError) {
    guard unsafe Glibc.rename(from, to) == 0 else { throw unwritable(to) }
  }

  /// Waits until the names in a folder are on the disk.
  private static func synchronize(_ path: String) throws(FileError) {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unwritable(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw unwritable(path) }
  }

  private static func unwritable(_ path: String) -> FileError {
    FileError(.unwritable, "\(path) cannot be put in place: \(lastSystemError).")
  }
}
