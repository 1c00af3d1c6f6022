// SPDX-License-Identifier: Apache-2.0
internal import CXLSXWriter

/// A spreadsheet of one sheet that is written row by row and appears when it is finished.
///
/// The same cells give the same bytes: the document bears a fixed date.
///
///     let sheet = try XLSXWriter(path: "CHEXPERT DEMO.xlsx")
///     try sheet.append([.text("PATIENT"), .text("AGE_AT_CXR")])
///     try sheet.append([.text("patient00001"), .number(68)])
///     try sheet.finish()
@safe public final class XLSXWriter {
  /// The first second that a zip archive can tell, 1 January 1980, in seconds since 1970.
  private static let creationTime = 315_532_800

  private let part: PartFile
  private var workbook: UnsafeMutablePointer<lxw_workbook>?
  private let sheet: UnsafeMutablePointer<lxw_worksheet>
  private var rowCount: UInt32 = 0

  /// Opens a spreadsheet aside.
  ///
  /// - Parameters:
  ///   - path: The path that the finished file shall have; its folder must exist.
  ///   - sheetName: The name of the sheet, at most 31 characters.
  /// - Throws: ``FileError`` with code `.unwritable`, also for a name that Excel does not allow.
  public init(path: String, sheetName: String = "Sheet1") throws(FileError) {
    part = try PartFile(path: path)
    guard let workbook = unsafe workbook_new(part.writtenPath) else {
      throw part.unwritable("libxlsxwriter cannot be started")
    }
    guard let sheet = unsafe workbook_add_worksheet(workbook, sheetName) else {
      unsafe lxw_workbook_free(workbook)
      throw part.unwritable("the sheet name is not allowed")
    }
    var properties = unsafe lxw_doc_properties()
    unsafe properties.created = Self.creationTime
    unsafe workbook_set_properties(workbook, &properties)
    unsafe self.workbook = workbook
    unsafe self.sheet = sheet
  }

  deinit { if let workbook = unsafe workbook { unsafe lxw_workbook_free(workbook) } }

  /// The path of the file, as given.
  public var path: String { part.path }

  /// Appends a row.
  ///
  /// - Parameter cells: The cells of the row, from the first column.
  /// - Throws: ``FileError`` with code `.unwritable` if a text or the sheet is longer than Excel
  ///   allows.
  /// - Precondition: The file is not finished; numbers are finite.
  public func append(_ cells: [XLSXCell]) throws(FileError) {
    precondition(unsafe workbook != nil, "\(path) is finished")
    for (index, cell) in cells.enumerated() {
      let column = UInt16(clamping: index)
      let status =
        switch cell {
        case .text(let text): unsafe worksheet_write_string(sheet, rowCount, column, text, nil)
        case .number(let number): write(number, column: column)
        case .blank: LXW_NO_ERROR
        }
      try require(status)
    }
    rowCount += 1
  }

  private func write(_ number: Double, column: UInt16) -> lxw_error {
    precondition(number.isFinite, "a cell cannot hold \(number)")
    return unsafe worksheet_write_number(sheet, rowCount, column, number, nil)
  }

  /// Puts the file in place.
  ///
  /// - Throws: ``FileError`` with code `.unwritable`; nothing is then left behind.
  /// - Precondition: The file is not finished.
  public func finish() throws(FileError) {
    guard let workbook = unsafe workbook else { preconditionFailure("\(path) is finished") }
    unsafe self.workbook = nil
    try require(unsafe workbook_close(workbook))
    try part.finish()
  }

  private func require(_ status: lxw_error) throws(FileError) {
    guard status != LXW_NO_ERROR else { return }
    let words = unsafe lxw_strerror(status).map { unsafe String(cString: $0) }
    throw part.unwritable(words ?? "libxlsxwriter gives no reason")
  }
}
