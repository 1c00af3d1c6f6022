// SPDX-License-Identifier: Apache-2.0

/// The rows of a sheet that hold anything: a part such as `sheet1.xml`.
final class XLSXSheet: XMLElementHandler {
  /// The most cells, blank ones included, that the rows may have together.
  private static let fieldLimit = 1 << 25
  /// What a spreadsheet can have at most.
  private static let columnLimit = 16_384
  private static let rowNumbers = 1...1_048_576

  /// The rows, each as long as the header or longer; their line is the number of the row.
  private(set) var records: [TableRecord] = []
  /// What is wrong, naming the row, if anything is.
  private(set) var problem: String?

  private let sharedStrings: [String]
  private var fieldCount = 0
  private var row = 0
  private var cells: [String] = []
  private var column = -1
  private var kind = ""
  private var value = ""
  private var isInValue = false
  private var isPhonetic = false

  init(sharedStrings: [String]) { self.sharedStrings = sharedStrings }

  func begin(_ name: Substring, _ attributes: [String: String]) {
    switch name {
    case "row":
      beginRow(number: attributes["r"])
      cells.removeAll(keepingCapacity: true)
      column = -1
    case "c":
      // Blank cells are left out of the file, so that the place counts and not the order.
      column = attributes["r"].map(Self.column) ?? column + 1
      kind = attributes["t"] ?? "n"
      value = ""
    case "rPh": isPhonetic = true
    case "v", "t": isInValue = !isPhonetic
    default: break
    }
  }

  func text(_ piece: String) { if isInValue { value += piece } }

  func end(_ name: Substring) {
    switch name {
    case "row": endRow()
    case "c": endCell()
    case "rPh": isPhonetic = false
    case "v", "t": isInValue = false
    default: break
    }
  }

  private func beginRow(number text: String?) {
    let number = text.map { Int($0) } ?? row + 1
    guard let number, Self.rowNumbers.contains(number) else {
      return report("the row after it has a number that none can have")
    }
    row = number
  }

  private func endCell() {
    guard let text = shownText() else {
      return report("a cell refers to a text that the workbook does not have")
    }
    guard !text.isEmpty else { return }
    guard column >= cells.count, column < Self.columnLimit else {
      return report("a cell is in a place where none can be")
    }
    cells += repeatElement("", count: column - cells.count)
    cells.append(text)
  }

  private func endRow() {
    guard !cells.isEmpty else { return }
    var record = TableRecord()
    record.line = row
    for cell in cells { record.append(cell) }
    for _ in cells.count..<max(cells.count, records.first?.fieldCount ?? 0) { record.append("") }
    fieldCount += record.fieldCount
    guard fieldCount <= Self.fieldLimit else { return report("the sheet is too large") }
    records.append(record)
  }

  /// The value of a cell as text, or `nil` if it refers to nothing.
  private func shownText() -> String? {
    switch kind {
    case "s":
      guard let index = Int(value), sharedStrings.indices.contains(index) else { return nil }
      return sharedStrings[index]
    case "b": return value == "1" ? "TRUE" : "FALSE"
    case "n":
      // Some programs write whole numbers as 62.0, or large ones with an exponent.
      guard let number = Double(value), let whole = Int(exactly: number),
        whole.magnitude < 1 << 53
      else { return value }
      return String(whole)
    default: return value
    }
  }

  /// The column, from 0, of a place such as `AB12`.
  private static func column(_ place: String) -> Int {
    var column = 0
    for byte in place.utf8.prefix(4) where byte >= 0x41 && byte <= 0x5A {
      column = column * 26 + Int(byte - 0x40)
    }
    return column - 1
  }

  private func report(_ rule: String) { problem = problem ?? "row \(row): \(rule)" }
}
