// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import CXRReport

@Suite("Text table")
struct TextTableTests {
  private let numbers = (1...4).map { DisplayTable.Column.numbers("Column \($0)") }

  @Test("Values, intervals and footnotes line up")
  func alignment() {
    let table = DisplayTable(
      title: "", columns: [.words("Label"), .numbers("AUROC")],
      rows: [
        [Cell("Edema"), .estimate(0.9, 0.85, 0.95, reason: nil)],
        [Cell("Fracture"), .estimate(nil, nil, nil, reason: "no positives")],
        [Cell("Pneumonia"), .estimate(0.7, nil, nil, reason: "too few")],
      ])
    #expect(
      TextTable(table, width: 80).lines == [
        "Label                     AUROC",
        "───────────────────────────────",
        "Edema      0.900 [0.850, 0.950]",
        "Fracture     n/a¹",
        "Pneumonia  0.700 [n/a]²",
        "¹ no positives",
        "² too few",
      ])
  }

  @Test("A table too wide continues below with its row names")
  func blocks() {
    let row = [Cell("A name")] + (1...4).map { Cell("\($0)") }
    let table = DisplayTable(title: "", columns: [.words("Name")] + numbers, rows: [row])
    #expect(
      TextTable(table, width: 40).lines == [
        "Name    Column 1  Column 2  Column 3",
        "────────────────────────────────────",
        "A name         1         2         3",
        "",
        "Name    Column 4",
        "────────────────",
        "A name         4",
      ])
  }

  @Test("A long name is broken between words before the table is")
  func wrapping() {
    let row = [Cell("Enlarged Cardiomediastinum")] + (1...4).map { Cell("\($0)") }
    let table = DisplayTable(title: "", columns: [.words("Name")] + numbers, rows: [row])
    #expect(
      TextTable(table, width: 60).lines.suffix(2) == [
        "Enlarged                     1         2         3         4",
        "  Cardiomediastinum",
      ])
  }
}
