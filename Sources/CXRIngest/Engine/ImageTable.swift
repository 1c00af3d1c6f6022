// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles

/// A column of the images, or of a table that is joined to them, ready to be read.
struct BoundColumn {
  enum Origin {
    case column(slot: Int)
    case fileName
    case joined(table: Int, cell: Int)
  }

  let origin: Origin
  let transform: CellTransform
}

/// The records of the images, with what the joined tables say of each.
///
/// Columns are bound first, then the tables are loaded, then the records are walked.
final class ImageTable {
  let located: LocatedTable
  let cellText: CellText
  /// The record that the walk is at.
  private(set) var record = TableRecord()
  /// The name of the file that the walk is in.
  private(set) var fileName = ""
  private(set) var header: TableHeader?
  private var slots: [(rule: ColumnRule, key: String)] = []
  private var columnOfSlot: [Int?] = []
  private(set) var tables: [JoinedTable] = []
  private var tableRules: [TableRule]
  private var cellRules: [[ColumnRule]]
  private var joinKeys: [BoundColumn?]
  /// The joined tables with a record per image.
  private let imageTables: [Int]
  /// The row of each joined table, as far as it was looked up: −2 when not, −1 when there is none.
  private var joinedRows: [Int]

  /// Creates a table of images.
  ///
  /// - Parameters:
  ///   - located: The files.
  ///   - joined: The tables that are joined.
  ///   - imageID: The column that identifies the image.
  ///   - cellText: What blank cells hold.
  init(
    located: LocatedTable, joined: [TableRule], imageID: ColumnRule, cellText: CellText
  ) {
    self.located = located
    self.cellText = cellText
    tableRules = joined
    cellRules = joined.map { _ in [] }
    joinKeys = joined.map { _ in nil }
    joinedRows = joined.map { _ in -2 }
    imageTables = joined.indices.filter { joined[$0].join?.to.columns == imageID.columns }
    for (index, rule) in joined.enumerated() {
      joinKeys[index] = rule.join.flatMap { bind($0.to, key: "tables.\(rule.name).join.to") }
    }
  }

  /// Binds a column; `nil` when its table is optional and not there.
  func bind(_ rule: ColumnRule, key: String) -> BoundColumn? {
    let transform = CellTransform(rule)
    guard let table = rule.table, table != DatasetDescriptor.imagesTable else {
      guard rule.columns != [ColumnRule.fileColumn] else {
        return BoundColumn(origin: .fileName, transform: transform)
      }
      if let slot = slots.firstIndex(where: { $0.rule.columns == rule.columns }) {
        return BoundColumn(origin: .column(slot: slot), transform: transform)
      }
      slots.append((rule, key))
      return BoundColumn(origin: .column(slot: slots.count - 1), transform: transform)
    }
    guard let index = tableRules.firstIndex(where: { $0.name == table }) else { return nil }
    cellRules[index].append(rule)
    // The table applies the transform when it is read.
    return BoundColumn(
      origin: .joined(table: index, cell: cellRules[index].count - 1),
      transform: CellTransform(ColumnRule(column: "")))
  }

  /// Reads the joined tables.
  func load(
    _ tables: [LocatedTable], tally: (LocatedTable, String) -> RecordTally,
    finished: (RecordTally) -> Void
  ) throws {
    self.tables = try zip(tables, cellRules).map { located, cells in
      let table = JoinedTable(rule: located.rule, cellRules: cells)
      for path in located.paths {
        var tally = tally(located, path)
        try table.read(try located.open(path), cellText: cellText, tally: &tally)
        finished(tally)
      }
      return table
    }
  }

  /// Checks that every column is there, in one of the files at least.
  ///
  /// - Returns: The columns that some of the files lack, by file.
  func checkHeaders() throws -> [(file: String, column: String)] {
    let headers = try located.paths.map {
      try TableHeader(of: try located.open($0), rule: located.rule)
    }
    var lacking: [(file: String, column: String)] = []
    for slot in slots where !slot.rule.isOptional {
      let without = headers.filter { $0.index(of: slot.rule.columns) == nil }
      if let first = without.first, without.count == headers.count {
        throw first.missing(slot.rule.columns, key: slot.key)
      }
      lacking += without.map { (CXRIngest.fileName(of: $0.path), slot.rule.columns[0]) }
    }
    return lacking
  }

  /// Whether a column is in the file that the walk is in, or in its table.
  func has(_ column: BoundColumn) -> Bool {
    switch column.origin {
    case .column(let slot): columnOfSlot[slot] != nil
    case .fileName: true
    case .joined(let table, let cell): tables[table].hasColumn[cell]
    }
  }

  /// Whether the table of a column has a record for the one that the walk is at.
  func hasRecord(of column: BoundColumn) -> Bool {
    if case .joined(let table, _) = column.origin { row(ofTable: table) != nil } else { true }
  }

  /// Walks the records of all files.
  func forEachRecord(_ body: (_ isComplete: Bool) throws -> Void) throws {
    for path in located.paths {
      let reader = try located.open(path)
      let header = try TableHeader(of: reader, rule: located.rule)
      self.header = header
      fileName = CXRIngest.fileName(of: path)
      columnOfSlot = slots.map { header.index(of: $0.rule.columns) }
      var isCut = false
      while try readRecord(from: reader, isCut: &isCut) {
        for index in joinedRows.indices { joinedRows[index] = -2 }
        let isComplete = !isCut && header.isComplete(record)
        // What is joined by image belongs to a record even if nothing is read of it.
        if isComplete { for index in imageTables { _ = row(ofTable: index) } }
        try body(isComplete)
      }
    }
  }

  /// Reads a record, or what there is of one in whose middle the file ends.
  private func readRecord(
    from reader: any TableReader, isCut: inout Bool
  ) throws(FileError) -> Bool {
    do throws(FileError) {
      return try reader.read(into: &record)
    } catch {
      guard error.code == .unfinished else { throw error }
      isCut = true
      return true
    }
  }

  /// The joined records of images that no record was of: their file, the first line, their number.
  var recordsWithoutImage: [(first: RecordPlace, count: Int)] {
    imageTables.flatMap { tables[$0].unmatched }
  }

  /// The text of a column for the record that the walk is at.
  func text(_ column: BoundColumn) -> String? {
    switch column.origin {
    case .column(let slot):
      guard let index = columnOfSlot[slot] else { return nil }
      return cellText.text(record, index).flatMap(column.transform.apply)
    case .fileName:
      return column.transform.apply(to: fileName)
    case .joined(let table, let cell):
      guard let row = row(ofTable: table) else { return nil }
      return tables[table].cell(cell, row: row)
    }
  }

  /// Where a column of the record that the walk is at stands.
  func place(of column: BoundColumn) -> RecordPlace {
    guard case .joined(let table, _) = column.origin else {
      return RecordPlace(file: fileName, line: record.line)
    }
    return tables[table].place(ofRow: row(ofTable: table))
  }

  /// The row of a joined table for the record that the walk is at.
  func row(ofTable index: Int) -> Int? {
    if joinedRows[index] == -2 {
      joinedRows[index] = joinKeys[index].flatMap(text).flatMap(tables[index].row) ?? -1
    }
    return joinedRows[index] < 0 ? nil : joinedRows[index]
  }

  /// The texts of several columns for each row of the joined table of the first of them.
  func rows(_ columns: [BoundColumn?]) -> [[String?]] {
    guard case .joined(let table, _) = columns.compactMap(\.self).first?.origin else {
      return [columns.map { $0.flatMap(text) }]
    }
    var rows: [[String?]] = []
    var row = row(ofTable: table)
    while let current = row {
      rows.append(
        columns.map { column in
          guard case .joined(table, let cell) = column?.origin else { return nil }
          return tables[table].cell(cell, row: current)
        })
      row = tables[table].row(after: current)
    }
    return rows
  }
}
