// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRYAML

/// How the projection is learned: rules of which the first that says something counts.
struct ViewRule: Sendable {
  struct Case: Sendable {
    /// What must hold for the rule to be asked.
    var condition: Condition?
    /// The column that says it; `nil` for a constant.
    var column: ColumnRule?
    var constant: View?
    /// Words and their views.
    var map: [String: View]
    /// Words that are known and are none of the views.
    var others: Set<String>
    var ignoresCase: Bool
    var source: ViewSource
  }

  let cases: [Case]

  init(_ fields: [YAMLMapping]) { cases = fields.map(Self.readCase) }

  private static func readCase(_ fields: YAMLMapping) -> Case {
    var map: [String: View] = [:]
    let ignoresCase = fields.flag("ignoreCase")
    for row in fields.table("map") ?? [] {
      map[ignoresCase ? row.key.lowercased() : row.key] = row.word() as View?
    }
    let constant: View? = fields.choice("constant")
    let column = fields.column("column")
    if (constant == nil) == (column == nil) {
      fields.note("give a column with a map, or a constant", at: "column")
    } else if column != nil, !fields.has("map") {
      fields.note("is missing; say which view each word of the column is", at: "map")
    }
    let others = fields.texts("others") ?? []
    let rule = Case(
      condition: fields.mapping("when").map(Condition.init), column: column, constant: constant,
      map: map, others: Set(ignoresCase ? others.map { $0.lowercased() } : others),
      ignoresCase: ignoresCase,
      source: fields.choice("source") ?? (constant == nil ? .declared : .inferred))
    fields.close()
    return rule
  }
}

/// A condition on columns of the images: each holds one of the words.
struct Condition: Sendable {
  let terms: [(column: ColumnRule, words: Set<String>)]

  init(_ fields: YAMLMapping) {
    terms = fields.pairs.map { column, node in
      var rule = ColumnRule(column: column)
      rule.line = node.line
      return (rule, Set(fields.texts(column) ?? [""]))
    }
  }
}

extension ColumnRule {
  /// A column of the images as it is.
  init(column: String) {
    columns = [column]
    line = 1
  }
}
