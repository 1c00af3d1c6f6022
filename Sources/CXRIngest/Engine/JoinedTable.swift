// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import CXRImage

/// The columns of a table that the images need, by the key that joins them.
final class JoinedTable {
  let rule: TableRule
  private(set) var recordCount = 0
  private let cellRules: [ColumnRule]
  /// Whether a file has the column of each cell.
  private(set) var hasColumn: [Bool]
  private var cells: [String?] = []
  /// Whether a record has asked for the key of each row; told of the first row of a key only.
  private var isMatched: [Bool] = []
  /// The line of each row, and the files by the row that each begins with.
  private var lines: [Int32] = []
  private var files: [(name: String, firstRow: Int)] = []
  private var firstRowByKey: [String: Int32] = [:]
  /// The next row of the same key, or −1.
  private var nextRow: [Int32] = []
  /// The row, if any, that a later one of the same key is appended to.
  private var lastRowByKey: [String: Int32] = [:]

  init(rule: TableRule, cellRules: [ColumnRule]) {
    self.rule = rule
    self.cellRules = cellRules
    hasColumn = cellRules.map { _ in false }
  }

  /// Reads a file of the table.
  func read(
    _ reader: any TableReader, cellText: CellText, tally: inout RecordTally
  ) throws {
    guard let join = rule.join else { return }
    let header = try TableHeader(of: reader, rule: rule)
    let fileName = fileName(of: reader.path)
    files.append((fileName, recordCount))
    // Headers that cannot be read leave their columns empty, and say why in a column of their own.
    let problem = reader is DICOMFolderReader ? header.index(of: "problem") : nil
    let key = try index(of: join.column, in: header, key: "tables.\(rule.name).join.column")
    let columns = try cellRules.map { cell in
      cell.isOptional
        ? header.index(of: cell.columns)
        : cell.columns == [ColumnRule.fileColumn]
          ? nil : try index(of: cell, in: header, key: "table \(rule.name)")
    }
    let isFileName = cellRules.map { $0.columns == [ColumnRule.fileColumn] }
    for index in columns.indices where columns[index] != nil || isFileName[index] {
      hasColumn[index] = true
    }
    let keyTransform = CellTransform(join.column)
    let transforms = cellRules.map(CellTransform.init)
    var record = TableRecord()
    while try reader.read(into: &record, tally: &tally) {
      tally.countRead()
      if tally.readCount % 4096 == 0 { try Task.checkCancellation() }
      guard header.isComplete(record) else {
        try tally.drop("ragged row", header.mismatch(of: record), line: record.line)
        continue
      }
      guard let text = cellText.text(record, key), let key = keyTransform.apply(to: text) else {
        tally.warn("key-missing", "records without a key, not used", line: record.line)
        continue
      }
      if let problem, let words = cellText.text(record, problem) {
        tally.warn(
          RecordNotice(
            "header-unreadable", "DICOM headers that cannot be read: …", quoting: words),
          line: record.line)
      }
      let row = Int32(recordCount)
      if let former = lastRowByKey[key] ?? firstRowByKey[key] {
        guard rule.rows == .all else {
          tally.warn(
            "key-repeated", "records whose key stood before; the first counts", line: record.line)
          continue
        }
        nextRow[Int(former)] = row
        lastRowByKey[key] = row
      } else {
        firstRowByKey[key] = row
      }
      recordCount += 1
      nextRow.append(-1)
      isMatched.append(false)
      lines.append(Int32(truncatingIfNeeded: record.line))
      for index in columns.indices {
        let text =
          isFileName[index] ? fileName : columns[index].flatMap { cellText.text(record, $0) }
        cells.append(text.flatMap(transforms[index].apply))
      }
    }
  }

  private func index(
    of rule: ColumnRule, in header: TableHeader, key: String
  ) throws(IngestError) -> Int {
    guard let index = header.index(of: rule.columns) else {
      throw header.missing(rule.columns, key: key)
    }
    return index
  }

  /// The first row of a key.
  func row(of key: String) -> Int? {
    guard let row = firstRowByKey[key] else { return nil }
    isMatched[Int(row)] = true
    return Int(row)
  }

  /// Where keys stand that no record has asked for, by file: the first line, and how many there are.
  var unmatched: [(first: RecordPlace, count: Int)] {
    var unmatched: [(first: RecordPlace, count: Int)] = []
    for row in firstRowByKey.values.sorted() where !isMatched[Int(row)] {
      let place = place(ofRow: Int(row))
      if unmatched.last?.first.file != place.file { unmatched.append((place, 0)) }
      unmatched[unmatched.count - 1].count += 1
    }
    return unmatched
  }

  /// Where a row stands, or, without one, where it is missed.
  func place(ofRow row: Int?) -> RecordPlace {
    guard let row else {
      return RecordPlace(file: files.map(\.name).joined(separator: ", "), line: nil)
    }
    let file = files.last { $0.firstRow <= row }?.name ?? ""
    return RecordPlace(file: file, line: Int(lines[row]))
  }

  /// The next row of the same key.
  func row(after row: Int) -> Int? { nextRow[row] < 0 ? nil : Int(nextRow[row]) }

  /// A cell, by its place in the rules that the table was read with.
  func cell(_ index: Int, row: Int) -> String? { cells[row * cellRules.count + index] }
}
