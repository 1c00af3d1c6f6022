// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

extension TableReader {
  /// Reads the next record; one in whose middle the file ends is dropped.
  ///
  /// - Returns: `false` at the end of the table.
  /// - Throws: ``IngestError`` with code `.badRecord` when no further record may be dropped, or
  ///   whatever reading the file throws.
  func read(into record: inout TableRecord, tally: inout RecordTally) throws -> Bool {
    do throws(FileError) {
      return try read(into: &record)
    } catch {
      guard error.code == .unfinished else { throw error }
      tally.countRead()
      try tally.drop(
        "ragged row", "the file ends inside a quoted field of this record: it seems to be cut",
        line: record.line)
      return false
    }
  }
}
