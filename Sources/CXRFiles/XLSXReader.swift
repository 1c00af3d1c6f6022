// SPDX-License-Identifier: Apache-2.0

/// Reads one sheet of an Excel workbook as a table.
///
/// Fields are what the cells hold: text, numbers as they are stored, whole ones without decimals,
/// `TRUE` and `FALSE`, and an error such as `#N/A` as it is shown. A date is the number of its day.
/// Blank cells are empty fields and blank rows no records; a row that is shorter than the header is
/// filled up.
///
///     let reader = try XLSXReader(path: "CHEXPERT DEMO.xlsx")
///     var record = TableRecord()
///     while try reader.read(into: &record) { print(record.line, record.strings) }
///
/// - SeeAlso: ECMA-376, Office Open XML, part 1, chapter 18.
public final class XLSXReader: TableReader {
  /// The most bytes that a part of the workbook may have uncompressed.
  public static let partByteLimit = 512 << 20

  /// The path of the file, as given.
  public let path: String
  private let records: [TableRecord]
  private var position = 0

  /// Opens a workbook and reads the sheet.
  ///
  /// - Parameters:
  ///   - path: The path of the workbook.
  ///   - sheetName: The name of the sheet; the first one when absent.
  /// - Throws: ``FileError`` with code `.malformed` if the file is no workbook, lacks the sheet or
  ///   breaks the rules; or whatever reading the file throws.
  /// - Complexity: O(size) in time and in memory.
  public init(path: String, sheetName: String? = nil) throws(FileError) {
    self.path = path
    let workbook = XLSXWorkbook()
    let sharedStrings = XLSXSharedStrings()
    let archive = try ZipArchiveReader(path: path, entryByteLimit: Self.partByteLimit)
    while let entry = try archive.next() {
      switch entry.path {
      case "xl/workbook.xml", "xl/_rels/workbook.xml.rels":
        try Self.walk(entry, of: archive, telling: workbook)
      case "xl/sharedStrings.xml":
        try Self.walk(entry, of: archive, telling: sharedStrings)
      default: break
      }
    }
    let sheets = workbook.sheetPaths
    guard let target = sheets.first(where: { sheetName == nil || $0.name == sheetName }) else {
      let names = sheets.map { "\"\($0.name)\"" }.joined(separator: ", ")
      throw FileError(
        .malformed,
        sheets.isEmpty
          ? "\(path) has no sheet; name an Excel workbook (.xlsx)."
          : "\(path) has no sheet of that name; it has \(names).")
    }
    records = try Self.records(path, of: target.path, sharedStrings.strings)
  }

  /// Reads the next record; its line is the number of the row.
  ///
  /// - Parameter record: The record to fill.
  /// - Returns: `false` at the end of the sheet; the record then has no fields.
  public func read(into record: inout TableRecord) -> Bool {
    guard position < records.count else {
      record.removeAll()
      return false
    }
    record = records[position]
    position += 1
    return true
  }

  private static func records(
    _ path: String, of sheetPath: String, _ sharedStrings: [String]
  ) throws(FileError) -> [TableRecord] {
    let archive = try ZipArchiveReader(path: path, entryByteLimit: partByteLimit)
    while let entry = try archive.next() {
      guard entry.path == sheetPath else { continue }
      let sheet = XLSXSheet(sharedStrings: sharedStrings)
      try walk(entry, of: archive, telling: sheet)
      guard let problem = sheet.problem else { return sheet.records }
      throw FileError(.malformed, "\(path), \(problem); save the workbook again.")
    }
    throw FileError(
      .malformed, "\(path) lacks \(sheetPath), the content of the sheet; save the workbook again.")
  }

  private static func walk(
    _ entry: ZipArchiveEntry, of archive: ZipArchiveReader, telling handler: some XMLElementHandler
  ) throws(FileError) {
    guard XMLElements.walk(try archive.contents(), telling: handler) else {
      throw FileError(
        .malformed, "\(archive.path): \(entry.path) is not intact XML; save the workbook again.")
    }
  }
}
