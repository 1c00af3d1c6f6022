// SPDX-License-Identifier: Apache-2.0
internal import CXRYAML
internal import Yams

/// Where a value comes from: a column of a table, and what is taken of its text.
struct ColumnRule: Hashable, Sendable {
  /// The pseudo-column that holds the name of the file that a record is in.
  static let fileColumn = "$file"

  /// How a number is written.
  enum NumberForm: String, CaseIterable, Sendable {
    /// Without the fraction of zeros that `12.0` has.
    case whole
  }

  /// The table; the table of images when absent.
  var table: String?
  /// The names that the column has in one or the other release; the first that is there counts.
  var columns: [String]
  /// A range of the text's bytes.
  var slice: Range<Int>?
  /// A range of the components of a path, negative ones counted from the end.
  var components: ClosedRange<Int>?
  /// A regular expression; its first group, or the whole match, is taken.
  var pattern: String?
  /// How a number is written.
  var number: NumberForm?
  /// How a date is written; year first when absent.
  var date: DateForm?
  /// What words of the column become; other words stay.
  var map: [String: String]?
  /// The column whose number must be the same.
  var agrees: String?
  /// What is taken of that column.
  var agreesSlice: Range<Int>?
  /// A form that the text must have: `#` is a digit, `*` any text.
  var form: String?
  /// Whether the column may be missing.
  var isOptional = false
  /// The line of the descriptor.
  var line: Int

  init?(_ node: Node?, key: String, in parent: YAMLMapping) {
    guard let node else { return nil }
    line = node.line
    if let name = node.scalar?.string {
      columns = [name]
      return
    }
    guard node.mapping != nil, let fields = parent.mapping(key) else {
      parent.note("a mapping of keys is needed here, or the name of a column alone", at: key)
      return nil
    }
    table = fields.text("table")
    if table != nil { line = fields.line(of: "table") }
    columns = fields.texts("column") ?? []
    slice = Self.pair("slice", fields).flatMap { lower, upper in
      guard lower >= 0, lower < upper else {
        fields.note("needs two rising positions from 0, such as [0, 8]", at: "slice")
        return nil
      }
      return lower..<upper
    }
    components = Self.pair("components", fields).flatMap { first, last in
      guard first <= last, (first < 0) == (last < 0) else {
        fields.note(
          "needs two positions from the same end, such as [-3, -2]", at: "components")
        return nil
      }
      return first...last
    }
    pattern = fields.text("pattern")
    if let pattern, (try? Regex(pattern)) == nil {
      fields.note(
        "\(pattern) is no regular expression; close its brackets, and double each backslash "
          + "within double quotes", at: "pattern")
    }
    number = fields.choice("number")
    date = fields.choice("date")
    map = fields.table("map").map { rows in
      Dictionary(rows.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
    agrees = fields.text("agrees")
    agreesSlice = Self.pair("agreesSlice", fields).flatMap { $0 < $1 ? $0..<$1 : nil }
    form = fields.text("form")
    isOptional = fields.flag("optional")
    if !fields.has("column") {
      fields.note("is missing; name the column", at: "column")
    }
    fields.close()
  }

  private static func pair(_ key: String, _ fields: YAMLMapping) -> (Int, Int)? {
    guard let texts = fields.texts(key) else { return nil }
    let numbers = texts.compactMap { Int($0) }
    guard numbers.count == 2, texts.count == 2 else {
      fields.note("needs two whole numbers, such as [0, 8]", at: key)
      return nil
    }
    return (numbers[0], numbers[1])
  }
}

extension ColumnRule {
  /// The column whose number must be the same.
  var agreesRule: ColumnRule? {
    agrees.map { name in
      var rule = ColumnRule(column: name)
      rule.slice = agreesSlice
      return rule
    }
  }
}

extension YAMLMapping {
  /// A column by its name alone, or with what is taken of it.
  func column(_ key: String) -> ColumnRule? { ColumnRule(node(key), key: key, in: self) }

  /// A column that must be named.
  func requiredColumn(_ key: String, remedy: String) -> ColumnRule? {
    if !has(key) { note("is missing; \(remedy)", at: key) }
    return column(key)
  }
}
