// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The files below a folder, one after the other.
///
/// Each folder is sorted by name, so that the order is always the same. Names that begin with a dot
/// are passed over; links are followed.
///
///     let walk = try FolderWalk(path: "vindr-cxr", suffixes: [".dicom"])
///     while let file = try walk.next() { print(file) }  // test/0005e8….dicom
public final class FolderWalk {
  /// The path of the folder, as given.
  public let path: String
  private let suffixes: [String]
  /// The folders on the way to the current file.
  private var levels: [Level] = []

  private struct Level {
    /// The path below the root, empty or with a slash at its end.
    let prefix: String
    let identity: Identity
    /// What is still to be visited, in descending order.
    var names: [String]
  }

  /// What tells one folder from another, whatever path leads to it.
  private struct Identity: Equatable {
    let device: dev_t
    let node: ino_t
  }

  /// Opens a folder.
  ///
  /// - Parameters:
  ///   - path: The path of the folder.
  ///   - suffixes: How the names of the files end; any when empty. Letter case counts.
  /// - Throws: ``FileError`` with code `.missing` or `.unreadable`.
  public init(path: String, suffixes: [String] = []) throws(FileError) {
    self.path = path
    self.suffixes = suffixes
    try enter("")
  }

  /// Goes to the next file.
  ///
  /// - Returns: The path of the file below the folder, or `nil` when there is none left.
  /// - Throws: ``FileError`` with code `.unreadable` if a folder cannot be read, `.malformed` if
  ///   folders link to each other in a circle.
  public func next() throws(FileError) -> String? {
    while let level = levels.last {
      guard let name = levels[levels.count - 1].names.popLast() else {
        levels.removeLast()
        continue
      }
      let relativePath = level.prefix + name
      if relativePath.hasSuffix("/") {
        try enter(relativePath)
      } else if suffixes.isEmpty || suffixes.contains(where: relativePath.hasSuffix) {
        return relativePath
      }
    }
    return nil
  }

  private func enter(_ prefix: String) throws(FileError) {
    let folder = prefix.isEmpty ? path : "\(path)/\(prefix)"
    var status = stat()
    guard unsafe stat(folder, &status) == 0, let stream = unsafe opendir(folder) else {
      throw FileError(
        errno == ENOENT ? .missing : .unreadable,
        "\(folder) cannot be read as a folder: \(lastSystemError); check the path.")
    }
    defer { unsafe closedir(stream) }
    let identity = Identity(device: status.st_dev, node: status.st_ino)
    guard !levels.contains(where: { $0.identity == identity }) else {
      throw FileError(.malformed, "\(folder) links back to a folder above it; remove the link.")
    }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      guard !name.hasPrefix(".") else { continue }
      switch unsafe Int(entry.pointee.d_type) {
      case Int(DT_DIR): names.append(name + "/")
      case Int(DT_REG): names.append(name)
      default:
        // A link, or a file system that does not tell.
        guard unsafe stat("\(folder)/\(name)", &status) == 0 else { continue }
        if status.st_mode & S_IFMT == S_IFDIR { names.append(name + "/") }
        if status.st_mode & S_IFMT == S_IFREG { names.append(name) }
      }
    }
    names.sort { $1.utf8.lexicographicallyPrecedes($0.utf8) }
    levels.append(Level(prefix: prefix, identity: identity, names: names))
  }
}
