// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore
internal import CXRFiles

/// Reads the labels of the record that the walk is at.
struct LabelReader {
  private let rule: LabelRule
  private let freeText: FreeText
  private(set) var vocabulary: NativeVocabulary
  /// `states`: the findings and their columns.
  private var stateColumns: [(finding: Finding, column: BoundColumn)] = []
  /// `flags`: the labels and their columns.
  private var flagColumns: [(label: Int, column: BoundColumn)] = []
  private var column: BoundColumn?
  /// What cells say, of which a dataset has far fewer than records.
  private var readings: [String: LabelReading] = [:]
  private static let cacheLimit = 100_000

  init(_ rule: LabelRule, in images: ImageTable) {
    self.rule = rule
    freeText = FreeText(rule)
    vocabulary = NativeVocabulary(rule)
    switch rule.kind {
    case .states:
      let columns =
        rule.columns
        ?? Finding.allCases.map { ($0, [$0.name] + Self.synonyms[$0, default: []]) }
      stateColumns = columns.compactMap { finding, names in
        var column = ColumnRule(column: names[0])
        column.columns = names
        column.table = rule.table
        column.isOptional = rule.columns == nil
        return images.bind(column, key: "labels.columns").map { (finding, $0) }
      }
    case .flags:
      flagColumns = rule.terms.indices.compactMap { index in
        let name = rule.terms[index].name
        var column = ColumnRule(column: name)
        column.columns = [name] + rule.synonyms.filter { $0.value == name }.map(\.key).sorted()
        column.table = rule.table
        return images.bind(column, key: "labels.map").map { (index, $0) }
      }
    case .list, .annotations:
      var labelColumn = rule.column
      let table = labelColumn?.table ?? rule.table
      labelColumn?.table = table
      column = labelColumn.flatMap { images.bind($0, key: "labels.column") }
    }
  }

  /// What columns of findings are also called.
  private static let synonyms: [Finding: [String]] = [
    .lungOpacity: ["Airspace Opacity"], .noFinding: ["No Findings"],
    .pleuralEffusion: ["Effusion"],
  ]

  /// The findings of a radiograph of which nothing is said.
  var blank: FindingStates { states(where: .unmentioned) }

  private func states(where annotated: LabelState) -> FindingStates {
    var states = FindingStates(allAre: .unannotated)
    for finding in rule.annotated { states[finding] = annotated }
    return states
  }

  mutating func read(_ images: ImageTable) -> LabelReading {
    switch rule.kind {
    case .states: readStates(images)
    case .flags: readFlags(images)
    case .list, .annotations: readCell(column.flatMap(images.text))
    }
  }

  /// Checks that the table of the labels has any.
  ///
  /// - Throws: ``IngestError`` with code `.wrongFile` when no column holds a finding.
  func requireColumns(_ images: ImageTable) throws(IngestError) {
    guard rule.kind == .states, !stateColumns.contains(where: { images.has($0.column) }) else {
      return
    }
    let table = rule.table ?? DatasetDescriptor.imagesTable
    throw IngestError(
      .wrongFile,
      "Table \(table) has no column of any of the 14 findings; name the right file with "
        + "--table \(table)=FILE, or the columns in labels.columns.")
  }

  private func readStates(_ images: ImageTable) -> LabelReading {
    var reading = LabelReading(findings: FindingStates(allAre: .unannotated))
    reading.isBlank = true
    // Nobody has labelled what the table of the labels has no record of.
    guard stateColumns.contains(where: { images.hasRecord(of: $0.column) }) else { return reading }
    for (finding, column) in stateColumns where images.has(column) {
      guard let text = images.text(column) else {
        reading.findings[finding] = .unmentioned
        continue
      }
      reading.isBlank = false
      if let state = rule.states[text] ?? rule.states[LabelRule.canonical(text)] {
        reading.findings[finding] = state
      } else {
        reading.findings[finding] = .unmentioned
        reading.warnings.append(
          RecordNotice(
            "label-value-unknown", "label value … is not known, kept as unmentioned",
            quoting: text))
      }
    }
    return reading
  }

  private func readFlags(_ images: ImageTable) -> LabelReading {
    var reading = LabelReading(findings: blank)
    reading.isBlank = true
    var unanswered: [Int: LabelState] = [:]
    for (label, column) in flagColumns {
      guard images.has(column) else {
        unanswered[label] = .unannotated
        continue
      }
      guard let text = images.text(column) else {
        unanswered[label] = .unmentioned
        continue
      }
      reading.isBlank = false
      switch rule.states[text] ?? rule.states[LabelRule.canonical(text)] {
      case .positive: reading.nativeLabels.append(label)
      case .negative: continue
      default:
        reading.warnings.append(
          RecordNotice(
            "label-value-unknown", "label value … is neither 0 nor 1, taken as 0", quoting: text))
      }
    }
    if !reading.isBlank { reading.findings = findings(of: reading.nativeLabels) }
    keepUnanswered(unanswered, in: &reading)
    return reading
  }

  /// A finding is negative only when a label that leads to it was answered: none of its columns is
  /// there, or its cells are blank, and it stays unannotated or unmentioned.
  private func keepUnanswered(_ unanswered: [Int: LabelState], in reading: inout LabelReading) {
    for finding in rule.annotated where reading.findings[finding] != .positive {
      let states = flagColumns.filter { vocabulary.findings(of: $0.label).contains(finding) }
        .map { unanswered[$0.label] }
      if !states.isEmpty, states.allSatisfy({ $0 == .unannotated }) {
        reading.findings[finding] = .unannotated
      } else if states.contains(.unmentioned) {
        reading.findings[finding] = .unmentioned
      }
    }
  }

  private mutating func readCell(_ text: String?) -> LabelReading {
    guard let text else {
      var reading = LabelReading(findings: blank)
      reading.isBlank = true
      reading.warnings.append(
        RecordNotice("label-missing", "empty label cells, kept as unmentioned"))
      return reading
    }
    if let reading = readings[text] { return reading }
    let reading = cellReading(text)
    if readings.count < Self.cacheLimit { readings[text] = reading }
    return reading
  }

  private mutating func cellReading(_ text: String) -> LabelReading {
    var reading = LabelReading(findings: blank)
    let items: [String]
    switch (rule.kind, rule.grammar) {
    case (.annotations, _): items = [text]
    case (_, .separated):
      items = text.split(separator: rule.separator).map { String($0) }
    case (_, .python):
      guard let list = PythonList.items(of: text) else {
        reading.isBlank = true
        reading.warnings.append(
          RecordNotice(
            "label-list-unreadable", "label cells that are no list, kept as unmentioned"))
        return reading
      }
      items = list
    }
    var isMatched = false
    var needles: [LabelRule.Term] = []
    // Whether something stands there that no text tells.
    var isUnclear = false
    for item in items.map({ NativeVocabulary.trimmed($0) }) where !item.isEmpty {
      let isNegated = isNegation(NativeVocabulary.folded(item))
      if !rule.substrings.isEmpty {
        let found = freeText.read(NativeVocabulary.foldedLines(item))
        let saysSomething = !found.terms.isEmpty || found.hasDenied || isNegated
        if !saysSomething, vocabulary.index(of: item) == nil { reading.unreadTextCount += 1 }
        isUnclear = isUnclear || !saysSomething
        isMatched = isMatched || saysSomething
        needles += found.terms
      }
      isMatched = isMatched || isNegated
      if isNegated, vocabulary.index(of: item) == nil { continue }
      guard let index = label(of: item, in: &reading), !reading.nativeLabels.contains(index)
      else { continue }
      reading.nativeLabels.append(index)
    }
    let names = reading.nativeLabels.map { vocabulary.labels[$0].name }
    reading.isBlank = !isMatched && names.allSatisfy(rule.uninformative.contains)
    if !reading.isBlank {
      reading.findings =
        rule.substrings.isEmpty
        ? findings(of: reading.nativeLabels) : findings(ofTexts: needles, besideOthers: isUnclear)
    }
    if reading.findings[.noFinding] == .positive,
      reading.nativeLabels.contains(where: { vocabulary.findings(of: $0) == [.noFinding] }),
      reading.nativeLabels.count > 1
    {
      reading.warnings.append(
        RecordNotice(
          "no-finding-combined", "No Finding combined with another label, both kept"))
    }
    return reading
  }

  /// The label that an item names; where texts need only contain something, others are free text
  /// and not kept.
  private mutating func label(of item: String, in reading: inout LabelReading) -> Int? {
    guard rule.substrings.isEmpty else { return vocabulary.index(of: item) }
    let (index, isKnown) = vocabulary.addIndex(of: item)
    if !isKnown {
      // What is too long to be quoted whole is no misspelt label.
      let isWord = item.utf8.count <= QuotedWords.lengthLimit
      let nearest = isWord ? rule.terms.map(\.name).nearest(to: item) : nil
      reading.warnings.append(
        RecordNotice(
          "label-unknown", "label … is not in the vocabulary, kept as a native label",
          quoting: item, hint: nearest.map { "; the nearest is \($0)" } ?? ""))
    }
    return index
  }

  /// The states that labels come to: what is annotated and not listed is negative.
  func findings(of labels: [Int]) -> FindingStates {
    var states = states(where: .negative)
    for label in labels {
      if labels.count > 1, rule.sole.contains(vocabulary.labels[label].name) { continue }
      for finding in vocabulary.findings(of: label) { states[finding] = .positive }
    }
    return states
  }

  /// The states that found texts come to; one that counts alone gives way to all others.
  private func findings(
    ofTexts needles: [LabelRule.Term], besideOthers: Bool
  ) -> FindingStates {
    var states = states(where: .negative)
    let others = needles.filter { !rule.sole.contains($0.name) }
    if others.isEmpty, besideOthers {
      // "Normal heart size; lung mass": what counts alone may not count beside words unknown.
      for finding in needles.flatMap(\.findings) { states[finding] = .unmentioned }
    }
    for needle in others.isEmpty && !besideOthers ? needles : others {
      for finding in needle.findings { states[finding] = .positive }
    }
    return states
  }

  private func isNegation(_ folded: String) -> Bool {
    rule.negations.contains { folded.hasPrefix($0 + " ") }
  }

  /// Whether a label of the vocabulary is among some labels.
  func contains(_ name: String, in labels: [Int]) -> Bool {
    vocabulary.index(of: name).map(labels.contains) ?? false
  }
}
