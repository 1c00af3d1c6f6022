// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The text files of a folder or of a zip archive, read in one pass.
///
/// A folder is read in the order of its names, an archive in the order in which it is stored. Names
/// that begin with a dot are passed over.
///
///     let reports = try TextFileCollection(path: "mimic-cxr-reports.zip", suffix: ".txt")
///     while let (path, bytes) = try reports.next() { print(path, bytes.count) }
public final class TextFileCollection {
  /// The most bytes that one file may have.
  public static let fileByteLimit = 64 << 20

  private enum Source {
    case folder(FolderWalk)
    case archive(ZipArchiveReader)
  }

  /// The path of the folder or archive, as given.
  public let path: String
  private let suffix: String
  private let source: Source

  /// Opens a folder or an archive.
  ///
  /// - Parameters:
  ///   - path: The path of a folder or of a zip file.
  ///   - suffix: How the names of the files end; any when empty. Letter case counts.
  /// - Throws: ``FileError`` with code `.missing` or `.unreadable`.
  public init(path: String, suffix: String = "") throws(FileError) {
    self.path = path
    self.suffix = suffix
    var status = stat()
    if unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      source = .folder(try FolderWalk(path: path, suffixes: suffix.isEmpty ? [] : [suffix]))
    } else {
      source = .archive(
        try ZipArchiveReader(path: path, entryByteLimit: Self.fileByteLimit))
    }
  }

  /// Reads the next file.
  ///
  /// - Returns: The path below the folder or in the archive, and the content; `nil` at the end.
  /// - Throws: ``FileError`` with code `.malformed` if a file is larger than ``fileByteLimit`` or
  ///   the archive is damaged; or whatever reading throws.
  public func next() throws(FileError) -> (path: String, bytes: [UInt8])? {
    switch source {
    case .folder(let walk):
      guard let file = try walk.next() else { return nil }
      let bytes = try fileBytes(at: "\(path)/\(file)", upTo: Self.fileByteLimit + 1)
      guard bytes.count <= Self.fileByteLimit else {
        throw FileError(
          .malformed,
          "\(path)/\(file) has more than \(Self.fileByteLimit) bytes; it cannot be a text file.")
      }
      return (file, bytes)
    case .archive(let archive):
      while let entry = try archive.next() {
        let name = entry.path.split(separator: "/").last ?? ""
        guard !name.hasPrefix("."), suffix.isEmpty || name.hasSuffix(suffix) else { continue }
        return (entry.path, try archive.contents())
      }
      return nil
    }
  }
}
