// SPDX-License-Identifier: Apache-2.0

/// A table that is read record by record, whatever format it is stored in.
///
/// The first record is the header; what a file has before or instead of one is for its reader to
/// say.
///
///     var record = TableRecord()
///     while try reader.read(into: &record) { print(record.line, record.strings) }
public protocol TableReader: AnyObject {
  /// The path of the file or folder, as given.
  var path: String { get }

  /// Reads the next record.
  ///
  /// - Parameter record: The record to fill.
  /// - Returns: `false` at the end of the table; the record then has no fields.
  /// - Throws: ``FileError`` with code `.malformed`, naming the place, if the table breaks the rules
  ///   of its format, `.unfinished` if it ends in the middle of a record; or whatever reading the file throws.
  func read(into record: inout TableRecord) throws(FileError) -> Bool
}
