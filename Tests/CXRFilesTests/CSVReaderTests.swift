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
  private func records(_ text: String) throws -> [Row] {
    let reader = try CSVReader(path: folder.write(text, to: "table.csv"))
    var record = TableRecord()
    var rows: [Row] = []
    while try reader.read(into: &record) { rows.append(Row(record.line, record.strings)) }
    return rows
  }

  private struct Row: Equatable {
    let line: Int
    let fields: [String]
    init(_ line: Int, _ fields: [String]) {
      self.line = line
      self.fields = fields
    }
  }

  @Test("Reads the same records whatever ends the lines", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(_ lineEnd: String) throws {
    let text = ["a,b", "1,2", "", "3,"].joined(separator: lineEnd)
    #expect(try records(text) == [Row(1, ["a", "b"]), Row(2, ["1", "2"]), Row(4, ["3", ""])])
    #expect(try records(text + lineEnd) == records(text))
  }

  @Test("Keeps quoted commas, quotes, newlines and spaces, and the record's first line")
  func quoting() throws {
    let rows = try records("x,\"a,b\"\n\"one\r\ntwo\"\"\nthree\", y \n\"\",z\n")
    #expect(
      rows == [
        Row(1, ["x", "a,b"]), Row(2, ["one\r\ntwo\"\nthree", " y "]), Row(5, ["", "z"]),
      ])
  }

  @Test("Skips a byte order mark and keeps other UTF-8")
  func byteOrderMark() throws {
    #expect(try records("\u{FEFF}née,b\n") == [Row(1, ["née", "b"])])
  }

  @Test("Leaves ragged rows to the caller")
  func raggedRows() throws {
    #expect(try records("a,b,c\n1\n1,2,3,4\n").map(\.fields.count) == [3, 1, 4])
  }

  @Test("An empty file has no records")
  func emptyFile() throws { #expect(try records("") == []) }

  @Test(
    "Refuses what is not CSV, naming the line",
    arguments: [("a,b\n1,x\"y\n", ":2:"), ("a\n\"b\"c\n", ":2:"), ("a\n\"never closed\n", ":2:")])
  func malformed(_ text: String, _ place: String) {
    let error = #expect(throws: FileError.self) { try records(text) }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains("table.csv" + place) == true)
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
