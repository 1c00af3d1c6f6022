// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension DraftWriter {
  mutating func writeLabels() {
    write("")
    let boxes = boxLines()
    if !writeLabelColumns(), !writeLabelCells() {
      writeMissing("labels: {kind: list, column: COLUMN, map: {…}}", "no labels that are known")
    } else if let reader {
      write(
        "votes: {reader: \(YAMLText.scalar(reader.name))}",
        guess: "the name; majority of the readers")
    }
    for line in boxes { write(line) }
  }

  /// Labels in columns of their own.
  private mutating func writeLabelColumns() -> Bool {
    let states = columns.free.filter { Finding(name: $0.name) != nil && $0.all(Self.isState) }
    let flags = columns.free.filter { column in
      Finding(name: column.name) == nil
        && column.all { ["0", "1"].contains(LabelRule.canonical($0)) }
    }
    let areFlags = states.allSatisfy { column in
      column.blankCount == 0 && column.all { ["0", "1"].contains(LabelRule.canonical($0)) }
    }
    guard !states.isEmpty || !flags.isEmpty else { return false }
    guard reader != nil || states.isEmpty || areFlags && !flags.isEmpty else {
      writeStates(states)
      return true
    }
    write("labels:")
    write("  kind: flags", guess: "columns of 0 and 1")
    write("  map:")
    for column in states + flags {
      columns.take(column)
      writeTerm(column.name)
    }
    return true
  }

  private mutating func writeStates(_ states: [ColumnSample]) {
    for column in states { columns.take(column) }
    let texts = Set(states.flatMap(\.texts).map(LabelRule.canonical))
    write("labels:")
    write("  kind: states", guess: "\(states.count) columns named like findings")
    guard !texts.allSatisfy({ Double($0) != nil }) else { return }
    write("  states:", guess: "the words")
    for (key, words) in Self.stateWords {
      write("    \(key): \(YAMLText.list(words.filter(texts.contains)))")
    }
  }

  private static let stateWords = [
    ("positive", ["1", "yes", "y", "true", "present", "positive"]),
    ("negative", ["0", "no", "n", "false", "absent", "negative"]),
    ("uncertain", ["-1", "uncertain", "possible"]),
  ]

  private static func isState(_ text: String) -> Bool {
    stateWords.contains { $0.1.contains(LabelRule.canonical(text)) }
  }

  /// Labels in the cells of one column.
  private mutating func writeLabelCells() -> Bool {
    let column = columns.take(
      ["finding label", "label", "finding", "diagnosis", "class name", "class", "abnormality"],
      except: ["id"]
    ) { column in !column.all { Double($0) != nil } }
    guard let column else { return false }
    write("labels:")
    if reader != nil, let words = column.words {
      write("  kind: annotations", guess: "images that repeat by reader")
      write("  column: \(YAMLText.scalar(column.name))", guess: "the name")
      write("  map:", guess: "the words")
      for word in words { writeTerm(word) }
      return true
    }
    let cells = DraftLabelCells(column.texts)
    write("  kind: list", guess: "the cells")
    write("  column: \(YAMLText.scalar(column.name))", guess: "the name")
    write(
      cells.isPython ? "  grammar: python" : "  separator: \"\(cells.separator)\"",
      guess: "the cells")
    if cells.hasNegations {
      write("  negations: \(YAMLText.list(DraftVocabulary.negations))", guess: "the cells")
    }
    guard let words = cells.words else {
      writeFreeText(cells)
      return true
    }
    write("  map:", guess: "the cells")
    for word in words { writeTerm(word) }
    return true
  }

  /// Texts that labels contain, where the labels are too many or too long to be listed.
  private mutating func writeFreeText(_ cells: DraftLabelCells) {
    write("  # Too many different phrases to list: findings are looked for in the text.")
    write("  substrings:")
    for (text, finding) in DraftVocabulary.needles where cells.contains(text) {
      write("    \(YAMLText.scalar(text)): \(finding.name)")
    }
    for text in DraftVocabulary.normalWords where cells.contains(text) {
      write("    \(YAMLText.scalar(text)): No Finding")
    }
    let normal = DraftVocabulary.normalWords.filter(cells.contains)
    if !normal.isEmpty { write("  sole: \(YAMLText.list(normal))") }
  }

  private mutating func writeTerm(_ name: String) {
    if let finding = DraftVocabulary.finding(name) {
      write("    \(YAMLText.scalar(name)): \(finding.name)")
    } else {
      write("    \(YAMLText.scalar(name)):  # none of the 14 findings by its name: kept only")
    }
  }

  /// The boxes, where corners or sizes stand beside the image.
  private mutating func boxLines() -> [String] {
    func column(_ names: [String]) -> ColumnSample? {
      columns.free.first { column in
        names.contains(Finding.folded(column.name)) && column.all { Double($0) != nil }
      }
    }
    let label = columns.free.first { column in
      ["label", "finding", "class name", "class"].contains(where: column.isNamed)
        && !column.all { Double($0) != nil }
    }
    let corner = [column(["xmin", "x1", "x"]), column(["ymin", "y1", "y"])]
    let ends = [column(["xmax", "x2"]), column(["ymax", "y2"])]
    guard let image, let label, let x = corner[0], let y = corner[1], let xMax = ends[0],
      let yMax = ends[1]
    else { return [] }
    for column in [x, y, xMax, yMax] { columns.take(column) }
    let pairs = [
      ("table", "images"), ("image", image.name), ("label", label.name), ("x", x.name),
      ("y", y.name), ("xMax", xMax.name), ("yMax", yMax.name),
    ]
    return ["boxes:  # guessed from the names of the corners"]
      + pairs.map { "  \($0.0): \(YAMLText.scalar($0.1))" }
  }
}
