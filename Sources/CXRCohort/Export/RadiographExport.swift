// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRFiles

/// Collects exported radiographs as the bytes of a table.
///
///     var table = RadiographExport(columns: try catalog.exportColumns(of: source), format: .csv)
///     try catalog.forEachExportedRow(of: source) { table.append($0) }
///     try AtomicFile.write(table.bytes, to: "cohort.csv")
public struct RadiographExport: Sendable {
  /// The form of the table.
  public enum Format: String, CaseIterable, Sendable {
    /// RFC 4180; what is not known is an empty field.
    case csv
    /// One JSON object per line; what is not known is null.
    case jsonl
  }

  /// The number of radiographs collected so far.
  public private(set) var count = 0
  private let format: Format
  private let kinds: [ExportColumn.Kind]
  private var csv: CSVWriter
  private var lines: JSONLinesWriter

  /// Creates an empty table.
  ///
  /// - Parameters:
  ///   - columns: The columns, in the order of the fields.
  ///   - format: The form of the table.
  public init(columns: [ExportColumn], format: Format) {
    self.format = format
    kinds = columns.map(\.kind)
    csv = CSVWriter(header: columns.map(\.name))
    lines = JSONLinesWriter(names: columns.map(\.name))
  }

  /// Everything collected so far, in UTF-8.
  public var bytes: [UInt8] { format == .csv ? csv.bytes : lines.bytes }

  /// Appends a radiograph.
  ///
  /// - Parameter fields: One field per column; an empty one is not known.
  public mutating func append(_ fields: [String]) {
    count += 1
    switch format {
    case .csv: csv.append(fields)
    case .jsonl: lines.append(zip(fields, kinds).map { Self.value($0, $1) })
    }
  }

  private static func value(_ field: String, _ kind: ExportColumn.Kind) -> JSONLinesWriter.Value {
    if field.isEmpty { return .null }
    return switch kind {
    case .text: .text(field)
    case .integer: Int(field).map { .integer($0) } ?? .null
    case .number: Double(field).map { .number($0) } ?? .null
    }
  }
}
