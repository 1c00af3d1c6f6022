// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTestSupport
import Foundation
import Testing

@Suite("JSON Lines reader")
struct JSONLinesReaderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func rows(_ text: String) throws -> [TableRow] {
    try JSONLinesReader(path: folder.write(text, to: "labels.json")).rows()
  }

  @Test("Sorts the columns by name and keeps numbers as they are written")
  func columns() throws {
    let text = """
      {"path": "train/p1.jpg", "Edema": 1.0, "Fracture": null, "Mass": -1}
      {"Mass": 0.50, "path": "train/p2.jpg", "Edema": 1e3}

      {"path": "x", "Edema": true, "Fracture": "", "Mass": 12345678901234567890123}
      """
    let expected = [
      TableRow(1, ["Edema", "Fracture", "Mass", "path"]),
      TableRow(1, ["1.0", "", "-1", "train/p1.jpg"]),
      TableRow(2, ["1e3", "", "0.50", "train/p2.jpg"]),
      TableRow(4, ["true", "", "12345678901234567890123", "x"]),
    ]
    #expect(try rows(text) == expected)
    #expect(try rows(text.replacing("\n", with: "\r\n") + "\n") == expected)
    #expect(try rows("\u{FEFF}" + text) == expected)
  }

  @Test("Unescapes strings and keeps what is nested as it is written")
  func strings() throws {
    let text = #"{"a\tb": "one\n\"two\" \u00e9 \ud83e\ude7b", "c": {"d": ["}", 1.0]}, "e": "née"}"#
    #expect(
      try rows(text) == [
        TableRow(1, ["a\tb", "c", "e"]),
        TableRow(1, ["one\n\"two\" é 🩻", #"{"d": ["}", 1.0]}"#, "née"]),
      ])
  }

  @Test("Reads one array of objects, however it is laid out")
  func array() throws {
    let expected = [["a", "b"], ["1", "]},{"], ["", "x"]]
    for text in [
      #"[{"a":1,"b":"]},{"},{"a":null,"b":"x"}]"#,
      "[\n  {\n    \"a\": 1,\n    \"b\": \"]},{\"\n  },\n  {\n    \"b\": \"x\"\n  }\n]\n",
    ] { #expect(try rows(text).map(\.fields) == expected) }
    #expect(try rows("[\n {\"a\": 1},\n\n {\"a\": 2}\n]").map(\.line) == [2, 2, 4])
    #expect(try rows(" [ ] ") == [])
  }

  @Test("An empty file has no records")
  func empty() throws {
    #expect(try rows("") == [])
    #expect(try rows("\n\n") == [])
  }

  @Test(
    "Refuses bad JSON on line 3, naming the file and the line",
    arguments: [
      #"{"a": 1"#, #"{"a": 01}"#, #"{"a": nan}"#, #"{"a": "x}"#, #"{"a": 1} {"a": 2}"#, "[1]", "a",
      #"{"a": "\x"}"#, #"{"a": 1,}"#, #"{'a': 1}"#, #"{"a": 1}}"#,
    ])
  func malformed(_ line: String) {
    let error = #expect(throws: FileError.self) {
      try rows("{\"a\":1}\n{\"a\":2}\n\(line)\n{\"a\":4}")
    }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains("labels.json:3:") == true)
  }

  @Test(
    "Refuses a broken array",
    arguments: [
      #"[{"a":1}"#, #"[{"a":1},]"#, #"[{"a":1} {"a":2}]"#, #"[{"a":1},2]"#, "[3]", #"[,{"a":1}]"#,
      #"[{"a":1}] x"#, #"[{"a":1"#, "[",
    ])
  func malformedArray(_ text: String) {
    let error = #expect(throws: FileError.self) { try rows(text) }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains("labels.json:1:") == true)
  }

  @Test("Refuses a key that the first object lacks, and a key that occurs twice")
  func keys() {
    let added = #expect(throws: FileError.self) { try rows("{\"a\":1}\n{\"a\":2,\"Edema\":1}") }
    #expect(added?.message.contains("labels.json:2: the key \"Edema\"") == true)
    let doubled = #expect(throws: FileError.self) { try rows("{\"a\":1}\n{\"a\":2,\"a\":3}") }
    #expect(doubled?.message.contains("twice") == true)
    #expect(throws: FileError.self) { try rows("{\"a\":2,\"a\":3}") }
  }

  @Test("Refuses bytes that are not UTF-8")
  func notUTF8() throws {
    let path = try folder.write(Data(#"{"a":""#.utf8 + [0xE9] + #""}"#.utf8), to: "latin.json")
    #expect(throws: FileError.self) { try JSONLinesReader(path: path).rows() }
  }

  @Test("Reads gzip, and objects across chunk borders")
  func gzip() throws {
    let text = String(repeating: "x", count: 99_991)
    let file = try OutputFile(path: folder.path("labels.json"), compression: .gzip)
    for line in 1...11 { try file.write("{\"a\":\"\(text)\",\"n\":\(line)}\n") }
    try file.finish()
    let rows = try JSONLinesReader(path: folder.path("labels.json")).rows()
    #expect(rows.dropFirst() == (1...11).map { TableRow($0, [text, "\($0)"]) }[...])
  }
}
