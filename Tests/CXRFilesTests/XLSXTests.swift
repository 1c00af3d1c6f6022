// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation
import Testing

@testable import CXRFiles

@Suite("Excel workbook")
struct XLSXTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func write(_ rows: [[XLSXCell]], to name: String = "a.xlsx") throws -> String {
    let writer = try XLSXWriter(path: folder.path(name))
    for row in rows { try writer.append(row) }
    try writer.finish()
    return folder.path(name)
  }

  /// Makes a workbook out of the rows of its sheet, in XML.
  private func workbook(
    _ rows: String, sheets: String = #"<sheet name="S" sheetId="1" r:id="r1"/>"#
  )
    throws -> String
  {
    let archive = try ZipArchiveWriter(path: folder.path("made.xlsx"))
    let head = #"<?xml version="1.0" encoding="UTF-8"?>"#
    let parts = [
      ("xl/worksheets/first.xml", "<worksheet><sheetData>\(rows)</sheetData></worksheet>"),
      (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"http://example.org/r\"><sheets>\(sheets)</sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        #"<Relationships><Relationship Id="r1" Target="/xl/worksheets/first.xml"/></Relationships>"#
      ),
      (
        "xl/sharedStrings.xml",
        "<sst><si><t>plain</t></si><si><r><t>ri</t></r><r><t>ch</t></r>"
          + "<rPh><t>spoken</t></rPh></si></sst>"
      ),
    ]
    for (path, text) in parts { try archive.add(Array((head + text).utf8), path: path) }
    try archive.finish()
    return folder.path("made.xlsx")
  }

  @Test("Reads back what it wrote")
  func roundTrip() throws {
    let path = try write([
      [.text("PATIENT"), .text("AGE"), .text("ETHNICITY")],
      [.text("patient00001"), .number(68), .text("Non-Hispanic & <née>\n 🩻 ")],
      [], [.blank, .number(0.1), .blank], [.text(" x "), .number(-1.5e-7)], [.text("007")],
    ])
    #expect(
      try XLSXReader(path: path).rows() == [
        TableRow(1, ["PATIENT", "AGE", "ETHNICITY"]),
        TableRow(2, ["patient00001", "68", "Non-Hispanic & <née>\n 🩻 "]),
        TableRow(4, ["", "0.1", ""]), TableRow(5, [" x ", "-1.5E-07", ""]),
        TableRow(6, ["007", "", ""]),
      ])
    #expect(folder.fileNames == ["a.xlsx"])
  }

  @Test("Writes the same bytes for the same cells")
  func deterministic() throws {
    let first = try Data(contentsOf: URL(filePath: write([[.text("a"), .number(1)]])))
    let second = try Data(contentsOf: URL(filePath: write([[.text("a"), .number(1)]], to: "b")))
    #expect(first == second)
  }

  @Test("Reads every kind of cell, wherever it stands")
  func kinds() throws {
    let path = try workbook(
      """
      <row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>
      <row r="3"><c r="B3" t="b"><v>1</v></c><c r="C3" t="e"><v>#N/A</v></c></row>
      <row r="4"><c r="A4"><v>62.0</v></c><c r="B4" s="3"/><c r="C4"><f>1+1</f><v>1.2E5</v></c></row>
      <row r="5"><c t="inlineStr"><is><t>in</t><t>line</t></is></c><c t="str"><v>a&amp;b</v></c></row>
      <row r="6"><c r="AB6"><v>0.30000000000000004</v></c></row>
      <row><c t="b"><v>0</v></c></row>
      """)
    #expect(
      try XLSXReader(path: path).rows() == [
        TableRow(2, ["plain", "", "rich"]), TableRow(3, ["", "TRUE", "#N/A"]),
        TableRow(4, ["62", "", "120000"]), TableRow(5, ["inline", "a&b", ""]),
        TableRow(6, Array(repeating: "", count: 27) + ["0.30000000000000004"]),
        TableRow(7, ["FALSE", "", ""]),
      ])
  }

  @Test("Leaves whole numbers as they stand when a Double cannot tell them apart")
  func extremeNumbers() throws {
    let path = try workbook(
      """
      <row r="1048576"><c><v>-9223372036854775808</v></c><c><v>9007199254740992</v></c>\
      <c><v>-9007199254740991.0</v></c></row>
      """)
    #expect(
      try XLSXReader(path: path).rows() == [
        TableRow(
          1_048_576, ["-9223372036854775808", "9007199254740992", "-9007199254740991"])
      ])
  }

  @Test("Reads a sheet of more than 10 MB")
  func largeSheet() throws {
    let text = String(repeating: "x", count: 32_000)
    let row = "<row><c t=\"inlineStr\"><is><t>\(text)</t></is></c></row>"
    let rows = try XLSXReader(path: workbook(String(repeating: row, count: 400))).rows()
    #expect(rows == (1...400).map { TableRow($0, [text]) })
  }

  @Test("Reads elements with a prefix")
  func prefixes() throws {
    let path = try workbook(#"<x:row xmlns:x="u"><x:c><x:v>7</x:v></x:c></x:row>"#)
    #expect(try XLSXReader(path: path).rows() == [TableRow(1, ["7"])])
  }

  @Test("Finds a sheet by name and says which there are")
  func sheetNames() throws {
    let path = try workbook(#"<row r="1"><c r="A1"><v>1</v></c></row>"#)
    #expect(try XLSXReader(path: path, sheetName: "S").rows().count == 1)
    let error = #expect(throws: FileError.self) { try XLSXReader(path: path, sheetName: "T") }
    #expect(error?.message.contains("it has \"S\"") == true)
  }

  @Test("Refuses a workbook without a sheet and an archive that is no workbook")
  func noSheet() throws {
    let path = try workbook("", sheets: "")
    let error = #expect(throws: FileError.self) { try XLSXReader(path: path) }
    #expect(error?.message.contains("made.xlsx has no sheet") == true)
    let archive = try ZipArchiveWriter(path: folder.path("other.zip"))
    try archive.add([1], path: "a")
    try archive.finish()
    #expect(throws: FileError.self) { try XLSXReader(path: archive.path) }
    #expect(throws: FileError.self) { try XLSXReader(path: folder.write("a,b\n", to: "a.csv")) }
    #expect(try XLSXReader(path: write([])).rows() == [])
  }

  @Test(
    "Refuses a broken sheet, naming the file",
    arguments: [
      #"<row r="3"><c r="A3" t="s"><v>9</v></c></row>"#,
      #"<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>1</v></c></row>"#,
      #"<row r="3"><c r="ZZZZ3"><v>1</v></c></row>"#, #"<row r="3"><c r="A3"><v>1</c></row>"#,
      #"<row r="9223372036854775807"/><row><c><v>1</v></c></row>"#,
      #"<row r="1048576"/><row><c><v>1</v></c></row>"#, #"<row r="0"><c><v>1</v></c></row>"#,
      #"<row r="x"><c><v>1</v></c></row>"#,
      #"<!DOCTYPE x [<!ENTITY e "xxxx">]><row><c><v>&e;</v></c></row>"#,
    ])
  func broken(_ rows: String) throws {
    let path = try workbook(rows)
    let error = #expect(throws: FileError.self) { try XLSXReader(path: path) }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains("made.xlsx") == true)
  }

  @Test("Refuses a truncated workbook")
  func truncated() throws {
    let whole = try Data(contentsOf: URL(filePath: write([[.text("a")]])))
    let path = try folder.write(whole.dropLast(100), to: "part.xlsx")
    let error = #expect(throws: FileError.self) { try XLSXReader(path: path) }
    #expect(error?.code == .truncated)
  }

  @Test("Refuses text that is too long for a cell, and leaves nothing behind")
  func longText() throws {
    let text = String(repeating: "x", count: 32_768)
    let error = #expect(throws: FileError.self) { try write([[.text(text)]]) }
    #expect(error?.code == .unwritable)
    #expect(folder.fileNames == [])
  }
}
