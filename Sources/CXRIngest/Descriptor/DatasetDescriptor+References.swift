// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRYAML

extension DatasetDescriptor {
  /// The columns that the descriptor names, with the keys that name them.
  var columnRules: [(key: String, rule: ColumnRule)] {
    var rules: [(String, ColumnRule?)] = [
      ("image.id", image.id), ("image.width", image.width), ("image.height", image.height),
      ("image.spacingX", image.spacingX), ("image.spacingY", image.spacingY),
      ("patient", patient), ("study", study), ("recordedAge", recordedAge),
      ("acquired.date", acquiredDate), ("acquired.time", acquiredTime), ("followUp", followUp),
      ("sex.column", sex?.column), ("race.column", race?.column),
      ("race.ethnicity", race?.ethnicity), ("labels.column", labels?.column),
      ("votes.reader", votes?.reader), ("split", split),
    ]
    switch age?.derivation {
    case .value(let column): rules.append(("age.value", column))
    case .born(let column, let at):
      rules += [("age.born", column), ("age.at", at.column)]
    case .anchor(let age, let year, let at):
      rules += [("age.anchor.age", age), ("age.anchor.year", year), ("age.at", at.column)]
    case nil: break
    }
    if case .columns(let sections) = reports {
      rules += sections.map { ("reports.sections.\($0.section)", $0.column) }
    }
    rules += attributes.map { ("attributes.\($0.name)", $0.column) }
    rules += view.cases.map { ("view", $0.column) }
    rules += view.cases.flatMap { $0.condition?.terms ?? [] }.map { ("view.when", $0.column) }
    rules += exclusions.flatMap { $0.condition?.terms ?? [] }.map {
      ("exclusions.when", $0.column)
    }
    rules += (image.path?.columns ?? []).map { ("image.path", $0) }
    rules += tables.compactMap(\.join).map { ("tables.join.to", $0.to) }
    return rules.compactMap { key, rule in rule.map { (key, $0) } }
  }

  /// Notes the tables that are named but not described, and those that nothing joins.
  func checkReferences(_ problems: YAMLProblems) {
    let names = tables.map(\.name)
    func check(_ table: String?, key: String, line: Int) {
      guard let table, !names.contains(table) else { return }
      let nearest = names.nearest(to: table).map { "did you mean \($0)?" }
      problems.note(
        "there is no table \(table); "
          + (nearest ?? "tables names \(names.joined(separator: ", "))"),
        key: key, line: line)
    }
    func checkJoined(_ table: String?, key: String, line: Int) {
      check(table, key: key, line: line)
      guard let table, table != Self.imagesTable,
        let rule = tables.first(where: { $0.name == table }), rule.join == nil
      else { return }
      problems.note(
        "table \(table) is not joined to the images; give it join: {column: …, to: …}",
        key: key, line: line)
    }
    for (key, rule) in columnRules {
      checkJoined(rule.table, key: "\(key).table", line: rule.line)
    }
    checkJoined(labels?.table, key: "labels.table", line: labels?.tableLine ?? 1)
    check(boxes?.table, key: "boxes.table", line: boxes?.line ?? 1)
    if case .texts(let table, let line) = reports {
      checkJoined(table, key: "reports.table", line: line)
    }
    if votes != nil, labels?.kind == .states {
      problems.note(
        "readers cannot vote on labels of kind states; use kind flags or annotations",
        key: "votes", line: votes?.line ?? 1)
    }
    let terms = labels?.terms.map(\.name) ?? []
    for rule in exclusions {
      guard let label = rule.label, !terms.contains(label) else { continue }
      let nearest = terms.nearest(to: label).map { "did you mean \($0)?" }
      problems.note(
        "\(label) is no label of labels.map; \(nearest ?? "add it there, or remove it here")",
        key: "exclusions.label", line: rule.labelLine)
    }
  }
}

extension AgeRule.StudyYear {
  /// The column of the date, if the year is not fixed.
  var column: ColumnRule? { if case .column(let column) = self { column } else { nil } }
}
