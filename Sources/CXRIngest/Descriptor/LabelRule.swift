// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRYAML

/// Where the labels are and what they say about the 14 findings.
struct LabelRule: Sendable {
  enum Kind: String, CaseIterable, Sendable {
    /// A column per finding that holds its state.
    case states
    /// A cell that lists the labels that apply.
    case list
    /// A column per label that holds 1 or 0.
    case flags
    /// A record per label.
    case annotations
  }

  enum Grammar: String, CaseIterable, Sendable {
    /// Labels between separators.
    case separated
    /// A list as Python prints it: `['a', "b's"]`.
    case python
  }

  /// One of the dataset's labels and the findings that it is counted towards.
  struct Term: Sendable {
    let name: String
    let findings: [Finding]
  }

  let kind: Kind
  /// The table of the labels; the table of images when absent.
  let table: String?
  /// `states`: the columns of findings; all 14, by name, when absent.
  let columns: [(finding: Finding, columns: [String])]?
  /// `list` and `annotations`: the column of the labels.
  let column: ColumnRule?
  let separator: String
  let grammar: Grammar
  /// Words that make a label that begins with them say nothing, and that deny what stands behind
  /// them in a clause of free text.
  let negations: [String]
  /// The labels that count towards findings, and those that are only kept.
  let terms: [Term]
  /// Texts that a label need only contain; where there are any, they alone tell the findings.
  let substrings: [Term]
  /// Whether such a text counts only where it stands as whole words.
  let matchesWholeWords: Bool
  /// Other spellings of terms.
  let synonyms: [String: String]
  /// Terms that count towards their findings only when no other label stands beside them.
  let sole: Set<String>
  /// Labels beside which nothing is known unless another label stands there too.
  let uninformative: Set<String>
  /// Findings that count as annotated even where no term leads to them, or fewer than those.
  let annotated: [Finding]
  /// Cell values by state.
  let states: [String: LabelState]
  /// The line of the descriptor that names the table.
  let tableLine: Int

  init(_ fields: YAMLMapping) {
    tableLine = fields.line(of: "table")
    kind = fields.choice("kind") ?? .states
    if !fields.has("kind") {
      fields.note("is missing; give states, list, flags or annotations", at: "kind")
    }
    table = fields.text("table")
    columns = fields.table("columns").map { rows in
      rows.compactMap { row in
        Self.finding(row.key, row.note).map { ($0, row.values.isEmpty ? [row.key] : row.values) }
      }
    }
    column = fields.column("column")
    separator = fields.text("separator") ?? "|"
    grammar = fields.choice("grammar") ?? .separated
    negations = (fields.texts("negations") ?? []).map { $0.lowercased() }
    func terms(_ key: String) -> [Term] {
      (fields.table(key) ?? []).map { row in
        Term(name: row.key, findings: row.values.compactMap { Self.finding($0, row.note) })
      }
    }
    self.terms = terms("map")
    matchesWholeWords = fields.text("wholeWords") != "false"
    substrings = terms("substrings").map {
      Term(name: NativeVocabulary.folded($0.name), findings: $0.findings)
    }
    let synonyms = fields.table("synonyms") ?? []
    self.synonyms = Dictionary(
      synonyms.flatMap { row in row.values.map { ($0, row.key) } },
      uniquingKeysWith: { first, _ in first })
    sole = Set(fields.texts("sole") ?? [])
    uninformative = Set(fields.texts("uninformative") ?? [])
    let names = self.terms.map(\.name)
    for row in synonyms { Self.requireTerm(row.key, among: names, row.note) }
    for name in sole.sorted() {
      Self.requireTerm(name, among: names + substrings.map(\.name)) { fields.note($0, at: "sole") }
    }
    for name in uninformative.sorted() {
      Self.requireTerm(name, among: names) { fields.note($0, at: "uninformative") }
    }
    let mapped = Set((self.terms + substrings).flatMap(\.findings))
    annotated =
      fields.texts("annotated")?.compactMap { name in
        Self.finding(name) { fields.note($0, at: "annotated") }
      }
      ?? Finding.allCases.filter(mapped.contains)
    states = Self.states(fields)
    if kind == .states {
      for key in ["map", "separator", "sole"] where fields.has(key) {
        fields.note("means nothing for kind states; remove it", at: key)
      }
    } else if self.terms.isEmpty, substrings.isEmpty {
      fields.note("is missing; list the labels and their findings", at: "map")
    }
    if !substrings.isEmpty, kind != .list {
      fields.note("means something only for kind list; name whole labels in map", at: "substrings")
    }
    if kind == .list || kind == .annotations, column == nil {
      fields.note("is missing; name the column of the labels", at: "column")
    }
    fields.close()
  }

  private static func states(_ fields: YAMLMapping) -> [String: LabelState] {
    let words: [(LabelState, String, [String])] = [
      (.positive, "positive", ["1"]), (.negative, "negative", ["0"]),
      (.uncertain, "uncertain", ["-1"]),
    ]
    let given = fields.mapping("states")
    var states: [String: LabelState] = [:]
    for (state, key, usual) in words {
      for value in given?.texts(key) ?? usual { states[canonical(value)] = state }
    }
    for value in given?.texts("unmentioned") ?? [] { states[canonical(value)] = .unmentioned }
    given?.close()
    return states
  }

  /// A cell value in the form in which numbers compare equal: `1.0` and `1` are the same.
  static func canonical(_ value: String) -> String {
    guard let number = Double(value), let whole = Int(exactly: number) else {
      return value.lowercased()
    }
    return String(whole)
  }

  private static func finding(_ name: String, _ note: (String) -> Void) -> Finding? {
    guard !name.isEmpty else { return nil }
    if let finding = Finding(name: name) { return finding }
    let nearest = Finding.allCases.map(\.name).nearest(to: name).map { "did you mean \($0)?" }
    note(
      "\(name) is none of the 14 findings; "
        + (nearest ?? "known are \(Finding.allCases.map(\.name).joined(separator: ", "))"))
    return nil
  }

  private static func requireTerm(
    _ name: String, among names: [String], _ note: (String) -> Void
  ) {
    guard !names.contains(name) else { return }
    let nearest = names.nearest(to: name).map { "did you mean \($0)?" }
    note("\(name) is no label of map; " + (nearest ?? "add it there, or remove it here"))
  }
}
