// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
public import CXRFiles
internal import Synchronization

/// Reads the headers of the DICOM files below a folder as a table.
///
/// The columns are `file`, the path below the folder; `stem`, the name of the file without its
/// ending; every ``DICOMTag`` by its keyword; and `problem`, a few words if the header could not be
/// read, in which case the other columns are empty.
///
///     let reader = try DICOMFolderReader(path: "vindr-cxr/train")
///     var record = TableRecord()
///     while try reader.read(into: &record) { print(record.strings) }
public final class DICOMFolderReader: TableReader {
  /// The endings of the files that are read.
  public static let suffixes = [".dicom", ".dcm"]
  /// The number of files that are read together.
  private static let batchSize = 512
  /// Reading many small files is waiting for most of the time, but two cores are all there may be.
  private static let threadCount = 2

  private struct Row: Sendable {
    let file: String
    let header: DICOMHeader?
    let problem: String
  }

  private let walk: FolderWalk
  private var rows: ArraySlice<Row> = []
  private var recordCount = 0
  private var hasHeader = false

  /// Opens a folder.
  ///
  /// - Parameter path: The path of the folder.
  /// - Throws: `FileError` with code `.missing` or `.unreadable`.
  public init(path: String) throws(FileError) {
    walk = try FolderWalk(path: path, suffixes: Self.suffixes)
  }

  /// The path of the folder, as given.
  public var path: String { walk.path }

  /// Reads the next record; its line is the number of the file.
  ///
  /// - Parameter record: The record to fill.
  /// - Returns: `false` when no file is left; the record then has no fields.
  /// - Throws: `FileError` with code `.unreadable` if a folder cannot be read.
  public func read(into record: inout TableRecord) throws(FileError) -> Bool {
    record.removeAll()
    record.line = recordCount
    guard hasHeader else {
      hasHeader = true
      for name in ["file", "stem"] + DICOMTag.allCases.map(\.keyword) + ["problem"] {
        record.append(name)
      }
      return true
    }
    if rows.isEmpty { rows = try nextRows()[...] }
    guard let row = rows.popFirst() else { return false }
    recordCount += 1
    record.line = recordCount
    record.append(row.file)
    record.append(Self.stem(row.file))
    for tag in DICOMTag.allCases { record.append(row.header?[tag] ?? "") }
    record.append(row.problem)
    return true
  }

  private func nextRows() throws(FileError) -> [Row] {
    var files: [String] = []
    while files.count < Self.batchSize, let file = try walk.next() { files.append(file) }
    let paths = files
    let folder = path
    let rows = Mutex([Row?](repeating: nil, count: paths.count))
    DispatchQueue.concurrentPerform(iterations: min(Self.threadCount, paths.count)) { thread in
      for index in stride(from: thread, to: paths.count, by: Self.threadCount) {
        let row = Self.row(paths[index], in: folder)
        rows.withLock { $0[index] = row }
      }
    }
    return rows.withLock { $0.compactMap(\.self) }
  }

  private static func row(_ file: String, in folder: String) -> Row {
    do throws(ImageError) {
      return Row(file: file, header: try DICOMHeader(path: "\(folder)/\(file)"), problem: "")
    } catch {
      return Row(file: file, header: nil, problem: "\(error.code.rawValue) header")
    }
  }

  private static func stem(_ file: String) -> Substring {
    let name = file.split(separator: "/").last ?? ""
    return name.lastIndex(of: ".").map { name[..<$0] } ?? name
  }
}
