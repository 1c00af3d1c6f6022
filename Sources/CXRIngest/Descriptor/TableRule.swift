// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import CXRYAML

/// A table of a dataset: its files, their format, and how it is joined to the images.
struct TableRule: Sendable {
  enum Format: String, CaseIterable, Sendable {
    /// Comma-separated values, plain or gzip.
    case csv
    /// JSON Lines.
    case jsonl
    /// A sheet of an Excel workbook.
    case xlsx
    /// Lines without a header, each a value of the one column.
    case list
    /// The headers of the DICOM files in a folder.
    case dicom
    /// The text files of a folder or of a zip archive.
    case text
    /// The names of the pictures in a folder.
    case images

    /// The format that a file's name tells.
    init?(fileName: String) {
      let name = fileName.lowercased()
      let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
      switch plain.split(separator: ".").last {
      case "csv": self = .csv
      case "jsonl", "json": self = .jsonl
      case "xlsx": self = .xlsx
      case "txt": self = .list
      case "zip": self = .text
      default: return nil
      }
    }
  }

  /// How a file's text is encoded.
  enum Encoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    case latin1 = "latin-1"
  }

  /// Which records of a key count.
  enum Rows: String, CaseIterable, Sendable {
    /// The first one; others are told of.
    case first
    /// All of them.
    case all
  }

  /// What joins a table to the images.
  struct Join: Sendable {
    /// The column of this table.
    let column: ColumnRule
    /// The column of the images.
    let to: ColumnRule
  }

  let name: String
  /// Paths below the root, of which the first that exists is read.
  var file: [String]
  /// Paths below the root, of which all that exist are read.
  var files: [String]
  var format: Format?
  var encoding: TextEncoding
  /// What stands between the fields of a CSV file.
  var delimiter: UInt8
  var isOptional: Bool
  /// The columns by position, where the header cannot be used; the header then is only compared.
  var columns: [String]?
  /// The header that a file with columns by position has.
  var header: String?
  var rows: Rows
  var join: Join?
  /// The line of the descriptor.
  let line: Int

  init(_ fields: YAMLMapping, name: String) {
    self.name = name
    line = fields.line
    file = fields.texts("file") ?? []
    files = fields.texts("files") ?? []
    format = fields.choice("format")
    let encoding: Encoding? = fields.choice("encoding")
    self.encoding = encoding == .latin1 ? .latin1 : .utf8
    delimiter = Self.delimiter(fields)
    isOptional = fields.flag("optional")
    columns = fields.texts("columns")
    header = fields.text("header")
    rows = fields.choice("rows") ?? .first
    if let join = fields.mapping("join") {
      let column = join.requiredColumn("column", remedy: "name the column of this table")
      let to = join.requiredColumn("to", remedy: "name the column of the images")
      join.close()
      self.join = column.flatMap { column in to.map { Join(column: column, to: $0) } }
    }
    checkPaths(fields)
    if fields.has("delimiter"), ![nil, .csv, .list].contains(format) {
      fields.note("means something only for formats csv and list; remove it", at: "delimiter")
    }
    if columns == nil, header != nil {
      fields.note("means something only beside columns; remove it or add columns", at: "header")
    }
    fields.close()
  }

  private static func delimiter(_ fields: YAMLMapping) -> UInt8 {
    let comma = UInt8(ascii: ",")
    guard let text = fields.text("delimiter") else { return comma }
    guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80,
      !["\"", "\n", "\r"].contains(text)
    else {
      fields.note(
        "one character is needed here, such as \";\" or \"\\t\", and no quote", at: "delimiter")
      return comma
    }
    return byte
  }

  private func checkPaths(_ fields: YAMLMapping) {
    if file.isEmpty == files.isEmpty {
      fields.note(
        file.isEmpty
          ? "is missing; name a file with file, or several with files"
          : "give file (the first that exists) or files (all that exist), not both", at: "file")
    }
    for (key, paths) in [("file", file), ("files", files)] {
      for path in paths
      where path.hasPrefix("/") || path.split(separator: "/").contains("..") || path.isEmpty {
        fields.note("\(path) leaves the root; give a path below it", at: key)
      }
    }
    if format == nil, let path = (file + files).first, Format(fileName: path) == nil {
      fields.note(
        "\(path) does not tell the format; add format: csv, jsonl, xlsx, list, dicom, text "
          + "or images",
        at: file.isEmpty ? "files" : "file")
    }
  }
}
