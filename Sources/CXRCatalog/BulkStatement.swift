// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import GRDBSQLite

/// A prepared statement for hundreds of thousands of rows.
///
/// GRDB checks, boxes and copies the arguments of each execution, which costs more than SQLite needs
/// to store a narrow row; this binds and steps the same statement directly.
@safe struct BulkStatement {
  private let statement: Statement
  private let handle: OpaquePointer
  private let database: Database

  /// Tells SQLite to copy a text while it is bound.
  private static let copied = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  init(_ database: Database, _ sql: String) throws {
    self.database = database
    statement = try database.makeStatement(sql: sql)
    unsafe handle = statement.sqliteStatement
  }

  func bind(_ value: Int64?, at index: Int32) {
    guard let value else { return bindNull(at: index) }
    unsafe sqlite3_bind_int64(handle, index, value)
  }

  func bind(_ value: Int?, at index: Int32) { bind(value.map(Int64.init), at: index) }

  func bind(_ value: Double?, at index: Int32) {
    guard let value else { return bindNull(at: index) }
    unsafe sqlite3_bind_double(handle, index, value)
  }

  func bind(_ value: String?, at index: Int32) {
    guard var value else { return bindNull(at: index) }
    value.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
        _ = unsafe sqlite3_bind_text(
          handle, index, characters.baseAddress, Int32(characters.count), Self.copied)
      }
    }
  }

  private func bindNull(at index: Int32) { unsafe sqlite3_bind_null(handle, index) }

  /// Runs a statement that returns no rows; its bindings stay.
  func run() throws {
    while try step() {}
  }

  /// Moves to the next row; after the last one the statement is ready to run again.
  ///
  /// - Returns: `false` after the last row.
  func step() throws -> Bool {
    let code = unsafe sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    unsafe sqlite3_reset(handle)
    guard code == SQLITE_DONE else {
      throw DatabaseError(
        resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
    }
    return false
  }

  func integer(at column: Int32) -> Int64 { unsafe sqlite3_column_int64(handle, column) }

  func optionalInteger(at column: Int32) -> Int64? {
    unsafe sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : integer(at: column)
  }

  func double(at column: Int32) -> Double { unsafe sqlite3_column_double(handle, column) }

  func optionalDouble(at column: Int32) -> Double? {
    unsafe sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : double(at: column)
  }

  func text(at column: Int32) -> String? {
    guard let bytes = unsafe sqlite3_column_text(handle, column) else { return nil }
    let count = unsafe Int(sqlite3_column_bytes(handle, column))
    return unsafe String(
      decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  /// The value as text from which a number can be read back exactly; SQLite itself gives 15 digits.
  func exactText(at column: Int32) -> String? {
    guard unsafe sqlite3_column_type(handle, column) == SQLITE_FLOAT else {
      return text(at: column)
    }
    let value = double(at: column)
    return Int(exactly: value).map(String.init) ?? String(value)
  }
}
