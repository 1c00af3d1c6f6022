// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import Testing

@Suite("Table record")
struct TableRecordTests {
  @Test("Holds the fields that a reader appends, text or bytes, until it is emptied")
  func appending() {
    var record = TableRecord()
    record.append("née")
    record.append("")
    record.append("a,b".dropFirst(2))
    record.append([0x34, 0x32])
    record.line = 7
    #expect(record.strings == ["née", "", "b", "42"])
    #expect(record.naturalNumber(at: 3) == 42)
    record.removeAll()
    #expect(record.fieldCount == 0)
    record.append("next")
    #expect(record.strings == ["next"])
  }

  @Test("Gives a field without the spaces around it, and nothing for one of spaces alone")
  func trimming() {
    var record = TableRecord()
    for field in ["", " \t", " a b\r\n", "ä ", "x"] { record.append(field) }
    #expect((0..<5).map { record.trimmedString(at: $0) } == [nil, nil, "a b", "ä", "x"])
  }
}
