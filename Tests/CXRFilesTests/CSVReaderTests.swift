// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTestSupport
import Foundation
import Testing

@Suite("CSV reader")
struct CSVReaderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The records of a text with their line numbers.
  private func records(_ text: String) throws -> [TableRow] {
    try CSVReader(path: folder.write(text, to: "table.csv")).rows()
  }

  @Test("Reads the same records whatever ends the lines", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(_ lineEnd: String) throws {
    let text = ["a,b", "1,2", "", "3,"].joined(separator: lineEnd)
    #expect(
      try records(text) == [
        TableRow(1, ["a", "b"]), TableRow(2, ["1", "2"]), TableRow(4, ["3", ""]),
      ])
    #expect(try records(text + lineEnd) == records(text))
  }

  @Test("Keeps quoted commas, quotes, newlines and spaces, and the record's first line")
  func quoting() throws {
    let rows = try records("x,\"a,b\"\n\"one\r\ntwo\"\"\nthree\", y \n\"\",z\n")
    #expect(
      rows == [
        TableRow(1, ["x", "a,b"]), TableRow(2, ["one\r\ntwo\"\nthree", " y "]),
        TableRow(5, ["", "z"]),
      ])
  }

  @Test("Skips a byte order mark, also before a quote, and keeps other UTF-8")
  func byteOrderMark() throws {
    #expect(try records("\u{FEFF}née,b\n") == [TableRow(1, ["née", "b"])])
    #expect(try records("\u{FEFF}\"a,b\"\n") == [TableRow(1, ["a,b"])])
  }

  @Test("Reads Latin-1 on request, field by field")
  func readsLatin1() throws {
    let data = Data([0x61, 0x2C, 0xE9, 0x0A, 0xC3, 0xA9, 0x2C, 0x22, 0xFC, 0x2C, 0x22, 0x0A])
    let path = try folder.write(data, to: "latin.csv")
    let rows = try CSVReader(path: path, encoding: .latin1).rows()
    #expect(rows == [TableRow(1, ["a", "é"]), TableRow(2, ["Ã©", "ü,"])])
  }

  @Test("Keeps quoted line ends, quotes and CRLF apart across chunk borders")
  func quotesAcrossChunks() throws {
    // Records of an odd length put every byte of some record on the border of a chunk.
    let field = "say \"one\",\r\ntwo\n"
    let count = 30_011
    var writer = CSVWriter(header: ["a", "b"])
    for row in 0..<count { writer.append(["\(row)", field]) }
    let rows = try records(writer.text)
    #expect(rows.count == count + 1)
    #expect(rows.dropFirst().allSatisfy { $0.fields[1] == field })
    #expect(rows.last?.line == 2 + 3 * (count - 1))
  }

  @Test("Leaves ragged rows to the caller")
  func raggedRows() throws {
    #expect(try records("a,b,c\n1\n1,2,3,4\n").map(\.fields.count) == [3, 1, 4])
  }

  @Test("An empty file has no records")
  func emptyFile() throws { #expect(try records("") == []) }

  @Test(
    "Refuses what is not CSV, naming the line",
    arguments: [("a,b\n1,x\"y\n", ":2:"), ("a\n\"b\"c\n", ":2:")])
  func malformed(_ text: String, _ place: String) {
    let error = #expect(throws: FileError.self) { try records(text) }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains("table.csv" + place) == true)
  }

  @Test("Refuses a file that ends inside a quoted field, and gives the fields before it")
  func unfinished() throws {
    let path = try folder.write("a,b,c\n1,2,\"never\nclosed\n", to: "cut.csv")
    let reader = try CSVReader(path: path)
    var record = TableRecord()
    #expect(try reader.read(into: &record))
    let error = #expect(throws: FileError.self) { try reader.read(into: &record) }
    #expect(error?.code == .unfinished && error?.message.contains("cut.csv:2: ") == true)
    #expect(record.strings == ["1", "2"] && record.line == 2 && record.endsWithFile)
    #expect(try !reader.read(into: &record))
  }

  @Test("Tells a last record without a line end", arguments: [("1\n2\n", false), ("1\n2", true)])
  func lastRecord(_ text: String, _ endsWithFile: Bool) throws {
    let reader = try CSVReader(path: try folder.write(text, to: "last.csv"))
    var record = TableRecord()
    #expect(try reader.read(into: &record) && !record.endsWithFile)
    #expect(try reader.read(into: &record) && record.endsWithFile == endsWithFile)
  }

  @Test("Divides fields by another delimiter")
  func delimiter() throws {
    let path = try folder.write("a;b,c;\"d;e\"\n", to: "semicolon.csv")
    let reader = try CSVReader(path: path, delimiter: UInt8(ascii: ";"))
    var record = TableRecord()
    #expect(try reader.read(into: &record) && record.strings == ["a", "b,c", "d;e"])
  }

  @Test("Refuses bytes that are not UTF-8, naming the line")
  func latin1() throws {
    let path = try folder.write(Data([0x61, 0x0A, 0xE9, 0x0A]), to: "latin.csv")
    let reader = try CSVReader(path: path)
    var record = TableRecord()
    #expect(try reader.read(into: &record))
    let error = #expect(throws: FileError.self) { try reader.read(into: &record) }
    #expect(error?.message.contains("latin.csv:2") == true)
  }

  @Test("Reads fields and records across chunk borders")
  func chunkBorders() throws {
    let field = String(repeating: "x", count: 70_000)
    let rows = try records((0..<12).map { "\($0),\(field)\r\n" }.joined())
    #expect(rows.map(\.line) == Array(1...12))
    #expect(rows.allSatisfy { $0.fields[1] == field })
  }

  @Test("Turns fields into numbers only when they are numbers")
  func numbers() throws {
    let path = try folder.write("007,1.5e-3,nan,inf,0x10,-2,,12a\n", to: "numbers.csv")
    let reader = try CSVReader(path: path)
    var record = TableRecord()
    _ = try reader.read(into: &record)
    #expect((0..<8).map { record.naturalNumber(at: $0) } == [7, nil, nil, nil, nil, nil, nil, nil])
    #expect(
      (0..<8).map { record.finiteNumber(at: $0) } == [7, 0.0015, nil, nil, nil, -2, nil, nil])
  }
}
