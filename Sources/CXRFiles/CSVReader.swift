// SPDX-License-Identifier: Apache-2.0
internal import CCSV

/// Reads a CSV file record by record, plain or gzip-compressed.
///
/// Quoting follows RFC 4180 strictly; lines end in LF, CRLF or CR; a byte order mark is skipped;
/// blank lines are no records. The reader does not compare field counts: what a ragged record
/// costs is the caller's decision.
///
///     let reader = try CSVReader(path: "BBox_List_2017.csv")
///     var record = TableRecord()
///     while try reader.read(into: &record) { print(record.line, record.string(at: 0)) }
///
/// - SeeAlso: RFC 4180, <https://www.rfc-editor.org/rfc/rfc4180>.
@safe public final class CSVReader: TableReader {
  /// The most bytes that one record may have; more means that a quote was never closed.
  public static let recordByteLimit = 16 << 20

  private let source: ByteSource
  private let encoding: TextEncoding
  private let assembly = CSVAssembly()
  private var parser = unsafe csv_parser()
  private var chunk: [UInt8] = []
  private var position = 0
  private var line = 1
  private var lastByte: UInt8 = 0
  private var isInRecord = false
  private var recordByteCount = 0
  private var isAtEnd = false

  /// Opens a CSV file.
  ///
  /// - Parameters:
  ///   - path: The path of a plain or a gzip-compressed file.
  ///   - encoding: The encoding of the text; records are UTF-8 in any case.
  ///   - delimiter: The byte between fields, such as that of `;`.
  /// - Precondition: `delimiter` is an ASCII character, no quote and no line end.
  /// - Throws: ``FileError`` if the file is missing or cannot be read.
  public init(
    path: String, encoding: TextEncoding = .utf8, delimiter: UInt8 = UInt8(ascii: ",")
  ) throws(FileError) {
    precondition(
      delimiter < 0x80 && ![0x22, 0x0A, 0x0D].contains(delimiter),
      "a delimiter is an ASCII character, no quote and no line end")
    source = try ByteSource(path: path)
    self.encoding = encoding
    let options = UInt8(CSV_STRICT | CSV_STRICT_FINI)
    guard unsafe csv_init(&parser, options) == 0 else {
      throw FileError(.unreadable, "\(path): the CSV parser could not be started.")
    }
    unsafe csv_set_delim(&parser, delimiter)
    // Spaces belong to the field (RFC 4180, section 2.4); libcsv would trim them.
    unsafe csv_set_space_func(&parser) { _ in 0 }
    _ = try source.read(into: &chunk)
    if chunk.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  deinit { unsafe csv_free(&parser) }

  /// The path of the file, as given.
  public var path: String { source.path }

  /// Reads the next record.
  ///
  /// - Parameter record: The record to fill.
  /// - Returns: `false` at the end of the file; the record is then empty.
  /// - Throws: ``FileError`` with code `.malformed`, naming the line, if a record is not CSV or not
  ///   UTF-8; `.unfinished` if the file ends inside a quoted field, with the fields before it in the
  ///   record; or whatever reading the file throws.
  public func read(into record: inout TableRecord) throws(FileError) -> Bool {
    while !assembly.isComplete, !isAtEnd { try feedPiece(into: &record) }
    guard assembly.isComplete else {
      record.removeAll()
      return false
    }
    assembly.take(into: &record)
    record.endsWithFile = isAtEnd
    isInRecord = false
    recordByteCount = 0
    if record.bytes.allSatisfy({ $0 < 0x80 }) { return true }
    if encoding == .latin1 {
      record.transcodeLatin1()
    } else if !record.isUTF8 {
      throw FileError(
        .malformed, "\(path):\(record.line): not UTF-8 text; save the file as UTF-8.")
    }
    return true
  }

  /// Gives libcsv the bytes up to and including the next line end, so that a call completes one
  /// record at most and the line number stays known.
  private func feedPiece(into record: inout TableRecord) throws(FileError) {
    if position == chunk.count {
      guard try source.read(into: &chunk) else { return try finish(&record) }
      position = 0
    }
    let start = position
    let terminatorIndex = chunk[start...].firstIndex { $0 == 0x0A || $0 == 0x0D }
    let isTerminated = terminatorIndex != nil
    let end = terminatorIndex.map { $0 + 1 } ?? chunk.count
    position = end
    let isBlank = isTerminated && end == start + 1 && !isInRecord
    if !isBlank {
      if !isInRecord {
        isInRecord = true
        record.line = line
      }
      try parse(start..<end, of: record.line)
    }
    guard isTerminated else {
      lastByte = 0
      return
    }
    // The LF of a CRLF ends no further line.
    let terminator = chunk[end - 1]
    let endsCRLF = terminator == 0x0A && lastByte == 0x0D && end == start + 1
    if !endsCRLF { line += 1 }
    lastByte = terminator
  }

  private func parse(_ range: Range<Int>, of recordLine: Int) throws(FileError) {
    recordByteCount += range.count
    guard recordByteCount <= Self.recordByteLimit else {
      throw FileError(
        .malformed, "\(path):\(recordLine): the record does not end; a quote is not closed.")
    }
    let context = unsafe Unmanaged.passUnretained(assembly).toOpaque()
    let consumed = unsafe chunk.withUnsafeBytes { bytes in
      unsafe csv_parse(
        &parser, bytes.baseAddress?.advanced(by: range.lowerBound), range.count,
        CSVAssembly.onField, CSVAssembly.onRecord, context)
    }
    guard consumed == range.count else {
      throw FileError(
        .malformed,
        "\(path):\(recordLine): a quote stands where none may; "
          + "enclose the field in quotes and double the quotes inside it.")
    }
  }

  private func finish(_ record: inout TableRecord) throws(FileError) {
    isAtEnd = true
    let context = unsafe Unmanaged.passUnretained(assembly).toOpaque()
    let status = unsafe csv_fini(
      &parser, CSVAssembly.onField, CSVAssembly.onRecord, context)
    guard status == 0 else {
      assembly.take(into: &record)
      record.endsWithFile = true
      throw FileError(
        .unfinished,
        "\(path):\(record.line): the file ends inside a quoted field of the record that begins here; "
          + "close the quote or copy the file again.")
    }
  }
}
