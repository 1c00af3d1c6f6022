// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// The header and the first rows of a table, column by column.
struct TableSample {
  let fileName: String
  /// Whether the text is in Latin-1, not in UTF-8.
  let isLatin1: Bool
  /// What stands between the fields.
  let delimiter: Character
  private(set) var columns: [ColumnSample]
  private(set) var rowCount = 0

  /// Reads the beginning of a table.
  ///
  /// - Throws: ``IngestError`` with code `.wrongFile` where it is no table with a header; `FileError`
  ///   where it cannot be read.
  init(path: String) throws {
    do {
      try self.init(path: path, encoding: .utf8)
    } catch let error as FileError where error.code == .malformed {
      guard let sample = try? Self(path: path, encoding: .latin1) else { throw error }
      self = sample
    }
  }

  private init(path: String, encoding: TextEncoding) throws {
    let name = CXRIngest.fileName(of: path)
    fileName = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    isLatin1 = encoding == .latin1
    let format = TableRule.Format(fileName: path)
    let delimiter = format == .csv ? Self.delimiter(path: path, encoding: encoding) : ","
    self.delimiter = delimiter
    let reader: any TableReader
    switch format {
    case .csv:
      reader = try CSVReader(
        path: path, encoding: encoding, delimiter: delimiter.asciiValue ?? UInt8(ascii: ","))
    case .jsonl: reader = try JSONLinesReader(path: path)
    case .xlsx: reader = try XLSXReader(path: path)
    case .list, .dicom, .text, .images, nil:
      throw IngestError(
        .wrongFile,
        "\(path): a draft is made from a table: .csv, .csv.gz, .jsonl or .xlsx; save it as one.")
    }
    var record = TableRecord()
    guard try reader.read(into: &record), record.fieldCount > 1 else {
      throw IngestError(
        .wrongFile,
        "\(path): expected a header of several names, found "
          + (record.fieldCount == 0 ? "an empty file" : HeaderText.found(record.strings)) + ".")
    }
    columns = record.strings.map { ColumnSample(name: NativeVocabulary.trimmed($0)) }
    let cellText = CellText(nulls: DatasetDescriptor.usualNulls)
    while rowCount < DescriptorDraft.rowLimit, try reader.read(into: &record) {
      rowCount += 1
      for index in columns.indices {
        columns[index].add(index < record.fieldCount ? cellText.text(record, index) : nil)
      }
    }
    guard rowCount > 0 else {
      throw IngestError(
        .wrongFile, "\(path) has no rows below its header; a draft needs some.")
    }
  }

  /// The character by which the header has the most fields; a comma where none has more.
  private static func delimiter(path: String, encoding: TextEncoding) -> Character {
    var delimiter: Character = ","
    var fieldCount = 0
    for candidate: Character in [",", ";", "\t"] {
      var record = TableRecord()
      let reader = try? CSVReader(
        path: path, encoding: encoding, delimiter: candidate.asciiValue ?? 0)
      // A header that breaks the rules with one delimiter may follow them with another.
      guard (try? reader?.read(into: &record)) == true, record.fieldCount > fieldCount else {
        continue
      }
      (delimiter, fieldCount) = (candidate, record.fieldCount)
    }
    return delimiter
  }
}
