// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles
internal import Foundation
internal import Glibc

/// The folder of a report: filled aside, then put in place.
struct ReportFolder {
  /// A file of the report.
  struct File {
    /// Its path below the folder, such as `tables/auroc.csv`.
    let path: String
    /// Its content.
    let bytes: [UInt8]

    /// A text file.
    init(_ path: String, _ text: String) { self.init(path, bytes: Array(text.utf8)) }

    /// A file of any content.
    init(_ path: String, _ data: Data) { self.init(path, bytes: Array(data)) }

    private init(_ path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }

    /// The same file in a folder below.
    func moved(into folder: String) -> File { File("\(folder)/\(path)", bytes: bytes) }
  }

  /// The files by which a folder is recognised as a report.
  static let markers = ["index.html", "report.json"]

  private let folder: URL

  /// Names a folder, whether it is there or not.
  init(_ folder: URL) { self.folder = folder.standardizedFileURL }

  /// Refuses a place where a report would mix with other files.
  ///
  /// - Throws: ``ReportError`` with code `.folderNotEmpty`, or `.unwritable` for a file.
  func requireUsable() throws(ReportError) {
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(
      atPath: folder.path, isDirectory: &isFolder)
    guard exists else { return }
    guard isFolder.boolValue else {
      throw ReportError(.unwritable, "\(folder.path) is a file; name a folder.")
    }
    let entries: [String]
    do {
      entries = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    } catch {
      throw unwritable(folder, error)
    }
    guard entries.isEmpty || Self.markers.allSatisfy(entries.contains) else {
      throw ReportError(
        .folderNotEmpty,
        "\(folder.path) holds files, and no earlier report (index.html and report.json); name a "
          + "new or empty folder.")
    }
  }

  /// Writes the files: all of them aside first, then each renamed over its former version.
  ///
  /// Files of an earlier report that the new one does not have are removed; others stay.
  ///
  /// - Parameter files: The files.
  /// - Returns: Where they are, in the same order.
  /// - Throws: ``ReportError`` or `FileError` when the place cannot be written to; the folder is
  ///   then as it was.
  func replace(with files: [File]) throws -> [URL] {
    try requireUsable()
    let stage = folder.deletingLastPathComponent()
      .appending(path: ".\(folder.lastPathComponent).\(getpid()).part")
    defer { try? FileManager.default.removeItem(at: stage) }
    try write(files, to: stage)
    try makeFolders(of: files, in: folder)
    for file in files {
      let (source, target) = (stage.appending(path: file.path), folder.appending(path: file.path))
      guard unsafe rename(source.path, target.path) == 0 else { throw unwritable(target, nil) }
    }
    removeStaleFiles(keeping: Set(files.map(\.path)))
    return files.map { folder.appending(path: $0.path) }
  }

  /// Adds files to the folder, which is created; each is written whole or not at all, and other
  /// files stay.
  ///
  /// - Parameter files: The files.
  /// - Returns: Where they are, in the same order.
  /// - Throws: ``ReportError`` or `FileError` when the place cannot be written to.
  func add(_ files: [File]) throws -> [URL] {
    try write(files, to: folder)
    return files.map { folder.appending(path: $0.path) }
  }

  private func write(_ files: [File], to stage: URL) throws {
    try makeFolders(of: files, in: stage)
    for file in files {
      try AtomicFile.write(file.bytes, to: stage.appending(path: file.path).path)
    }
  }

  private func makeFolders(of files: [File], in root: URL) throws(ReportError) {
    let folders = files.map { root.appending(path: $0.path).deletingLastPathComponent() }
    for folder in folders.distinct {
      do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      } catch {
        throw unwritable(folder, error)
      }
    }
  }

  /// Removes what only an earlier report can have left: documents, tables and figures.
  private func removeStaleFiles(keeping paths: Set<String>) {
    let subfolders = [("tables", ".csv"), ("figures", ".svg"), ("latex", ".tex")]
    // The folder itself, and those of reports within it.
    let roots =
      [""] + paths.filter { $0.hasSuffix("/index.html") }.map { String($0.dropLast(10)) }.sorted()
    let candidates = roots.flatMap { root in
      ["evaluate.json", "compare.json", "audit.json"].map { root + $0 }
        + subfolders.flatMap { name, suffix in
          let entries = try? FileManager.default.contentsOfDirectory(
            atPath: folder.appending(path: root + name).path)
          return (entries ?? []).filter { $0.hasSuffix(suffix) }.map { "\(root)\(name)/\($0)" }
        }
    }
    for path in candidates where !paths.contains(path) {
      try? FileManager.default.removeItem(at: folder.appending(path: path))
    }
  }

  private func unwritable(_ place: URL, _ cause: (any Error)?) -> ReportError {
    ReportError(
      .unwritable,
      "\(place.path) cannot be written; check the folder, its permissions and the free space.",
      cause: cause)
  }
}
