// SPDX-License-Identifier: Apache-2.0

/// The superscript numbers of a table's footnotes; a row names each footnote once.
struct FootnoteMarks {
  /// The marks of the cells, row by row; empty where a cell needs none.
  let marks: [[String]]

  /// Numbers the footnotes of a table.
  init(of table: DisplayTable) {
    let numbers = Dictionary(
      uniqueKeysWithValues: table.footnotes.enumerated().map { ($1, $0 + 1) })
    marks = table.allRows.map { row in
      var named: Set<String> = []
      return row.map { cell in
        guard let reason = cell.reason, let number = numbers[reason],
          named.insert(reason).inserted
        else { return "" }
        return Self.superscript(number)
      }
    }
  }

  /// A number in superscript digits.
  static func superscript(_ number: Int) -> String {
    String(String(number).compactMap { $0.wholeNumberValue.map { Self.digits[$0] } })
  }

  private static let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
}
