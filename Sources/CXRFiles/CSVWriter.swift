// SPDX-License-Identifier: Apache-2.0
internal import CCSV

/// Collects CSV records as text.
///
/// Fields are quoted only where RFC 4180 demands it; lines end in LF.
///
///     var writer = CSVWriter(header: ["label", "threshold"])
///     writer.append(["Edema", "0.25"])
///     try AtomicFile.write(writer.bytes, to: "thresholds.csv")
///
/// A table that is too large for that is drained into an ``OutputFile`` from time to time.
public struct CSVWriter: Sendable {
  /// Everything written so far, or since it was last drained, in UTF-8.
  public private(set) var bytes: [UInt8] = []

  /// Creates a writer and writes the header.
  ///
  /// - Parameter header: The names of the columns.
  public init(header: [String]) { append(header) }

  /// Everything written so far, or since it was last drained.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Appends a record.
  ///
  /// - Parameter fields: The fields of the record.
  public mutating func append(_ fields: [String]) {
    for (index, field) in fields.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      append(field)
    }
    bytes.append(0x0A)
  }

  /// Hands over what was written since the last time, and forgets it.
  ///
  ///     if writer.bytes.count > 1 << 20 { try file.write(writer.drain()) }
  ///
  /// - Returns: The bytes, in UTF-8; whole records.
  public mutating func drain() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  private mutating func append(_ field: String) {
    let needsQuotes = field.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    guard needsQuotes else { return bytes.append(contentsOf: field.utf8) }
    let source = Array(field.utf8)
    // At worst every byte is a quote to be doubled, between two quotes.
    let quoted = unsafe [UInt8](unsafeUninitializedCapacity: 2 * source.count + 2) {
      buffer, count in
      count = unsafe csv_write(buffer.baseAddress, buffer.count, source, source.count)
    }
    bytes.append(contentsOf: quoted)
  }
}
