// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// The pictures below a folder as a table, for datasets whose folders say everything.
///
/// The columns are `file`, the path below the root of the dataset, and `stem`, the name of the file
/// without its ending.
final class ImageFolderReader: TableReader {
  /// The endings of the files that are listed.
  static let suffixes = [".jpeg", ".jpg", ".png", ".JPEG", ".JPG", ".PNG"]

  let path: String
  private let walk: FolderWalk
  /// The path of the folder below the root; empty or with a slash at its end.
  private let prefix: String
  private var isAtHeader = true

  /// Opens a folder.
  ///
  /// - Parameters:
  ///   - path: The path of the folder.
  ///   - name: Its path below the root of the dataset; empty for the root itself.
  /// - Throws: `FileError` with code `.missing` or `.unreadable`.
  init(path: String, below name: String) throws(FileError) {
    self.path = path
    walk = try FolderWalk(path: path, suffixes: Self.suffixes)
    prefix = name.split(separator: "/").filter { $0 != "." }.map { $0 + "/" }.joined()
  }

  func read(into record: inout TableRecord) throws(FileError) -> Bool {
    record.removeAll()
    if isAtHeader {
      isAtHeader = false
      record.line = 0
      for name in ["file", "stem"] { record.append(name) }
      return true
    }
    guard let file = try walk.next() else { return false }
    record.line += 1
    record.append(prefix + file)
    let name = file.split(separator: "/").last ?? ""
    record.append(name.lastIndex(of: ".").map { name[..<$0] } ?? name)
    return true
  }
}
