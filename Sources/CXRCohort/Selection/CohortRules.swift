// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore
internal import CXRText

/// The rules of one dataset, applied one after the other.
struct CohortRules {
  private let table: RadiographTable
  private let source: CohortDefinition.Source
  private let catalog: Catalog
  private var rows: [Int]
  private var remaining: RadiographUnits
  /// The way so far.
  private(set) var steps: [CohortStep] = []

  init(table: RadiographTable, source: CohortDefinition.Source, catalog: Catalog) {
    self.table = table
    self.source = source
    self.catalog = catalog
    rows = Array(0..<table.count)
    remaining = RadiographUnits(of: rows, in: table)
    append(.start, "in the catalog", remaining)
  }

  /// The ids of the radiographs that no rule has removed.
  var keptIDs: [Int64] { rows.map { table.ids[$0] } }

  /// Applies every rule in the fixed order.
  mutating func apply() throws {
    applyViews()
    try applySplit()
    try applyAttributes()
    applyPatientRules()
    try applyReportRules()
    for criterion in source.criteria.having {
      let states = criterion.states
      keep("\(criterion.finding.name) is not \(Self.words(states.map(\.word)))") {
        states.contains($0.findings[$1][criterion.finding])
      }
    }
    if let choice = source.criteria.choice { try apply(choice) }
    append(.kept, "in the cohort", remaining)
  }

  private mutating func applyViews() {
    let (views, sources) = (source.criteria.views, source.criteria.viewSources)
    if !views.isEmpty {
      keep("view is not \(Self.words(views.map(\.rawValue)))") { views.contains($0.views[$1]) }
    }
    if !sources.isEmpty {
      keep("view is not \(Self.words(sources.map(\.rawValue)))") {
        sources.contains($0.viewSources[$1])
      }
    }
  }

  private mutating func applySplit() throws {
    guard let split = source.criteria.split else { return }
    let idsByPart = try catalog.radiographIDs(split: split.name, dataset: source.dataset)
    let known = idsByPart.keys.sorted()
    for part in split.parts where idsByPart[part] == nil {
      throw CohortError(
        .unknownName,
        "Split \(split.name) of \(source.dataset) has no part \(part); it has "
          + "\(known.joined(separator: ", ")).")
    }
    let members = Set(split.parts.flatMap { idsByPart[$0, default: []] })
    keep("not in \(Self.words(split.parts.map { "\(split.name):\($0)" }))") {
      members.contains($0.ids[$1])
    }
  }

  private mutating func applyAttributes() throws {
    for criterion in source.criteria.attributes {
      let values = try catalog.attributeValues(criterion.name, dataset: source.dataset)
      keep("\(criterion.name) is not \(Self.words(criterion.values))") { table, row in
        values[table.ids[row]].map(criterion.values.contains) ?? false
      }
    }
  }

  private mutating func applyPatientRules() {
    let criteria = source.criteria
    if criteria.required.contains(.study) { keep("no study") { $0.studyIDs[$1] != nil } }
    if criteria.required.contains(.sex) { keep("sex unknown") { $0.sexes[$1] != nil } }
    if !criteria.sexes.isEmpty {
      keep("sex is not \(Self.words(criteria.sexes.map(\.word)))") { table, row in
        table.sexes[row].map(criteria.sexes.contains) ?? false
      }
    }
    if criteria.required.contains(.age) || criteria.ages != nil {
      keep("age unknown") { $0.agesYears[$1] != nil }
    }
    if let ages = criteria.ages {
      keep("age \(ages.exclusion)") { table, row in
        table.agesYears[row].map(ages.contains) ?? false
      }
    }
    if criteria.required.contains(.race) || !criteria.races.isEmpty {
      keep("race unknown or of no group") { $0.races[$1] != nil }
    }
    if !criteria.races.isEmpty, criteria.races.count < Race.allCases.count {
      keep("race is not \(Self.words(criteria.races.map(\.rawValue)))") { table, row in
        table.races[row].map(criteria.races.contains) ?? false
      }
    }
  }

  private mutating func applyReportRules() throws {
    let criteria = source.criteria
    if criteria.required.contains(.findings) { try keepSection("findings") }
    let rule = criteria.impressionRule
    guard criteria.required.contains(.impression) || rule != nil else { return }
    try keepSection("impression")
    guard let rule else { return }
    var reasons: [Int64: NondescriptiveReason] = [:]
    try catalog.forEachReportSection("impression", dataset: source.dataset) { studyID, text in
      reasons[studyID] = rule.reason(against: text)
    }
    for reason in NondescriptiveReason.allCases where reasons.values.contains(reason) {
      keep("impression not descriptive: \(Self.words(reason))") { table, row in
        table.studyIDs[row].map { reasons[$0] != reason } ?? true
      }
    }
  }

  /// The reason in words: `asAbove` becomes `as above`.
  private static func words(_ reason: NondescriptiveReason) -> String {
    reason.rawValue.replacing(/[A-Z]/) { " " + $0.output.lowercased() }
  }

  private mutating func keepSection(_ section: String) throws {
    var studyIDs: Set<Int64> = []
    try catalog.forEachReportSection(section, dataset: source.dataset) { studyID, text in
      if text.contains(where: { !$0.isWhitespace }) { studyIDs.insert(studyID) }
    }
    keep("no \(section) in the report") { table, row in
      table.studyIDs[row].map(studyIDs.contains) ?? false
    }
  }

  private mutating func apply(_ choice: RadiographChoice) throws {
    if choice.unit == .study { keep("no study") { $0.studyIDs[$1] != nil } }
    let order = try RadiographOrder(choice.rule, table: table, dataset: source.dataset, rows: rows)
    var chosen: [Int64: Int] = [:]
    for row in rows {
      let key = choice.unit == .patient ? table.patientIDs[row] : table.studyIDs[row] ?? 0
      if let best = chosen[key], !order.precedes(row, best) { continue }
      chosen[key] = row
    }
    let kept = Set(chosen.values)
    let word = choice.rule.word.replacing("-", with: " ")
    keep("another radiograph of the \(choice.unit.rawValue) was taken (\(word))") { _, row in
      kept.contains(row)
    }
  }

  /// Keeps the rows that meet a condition and counts what goes.
  private mutating func keep(
    _ rule: String, _ isKept: (RadiographTable, Int) -> Bool
  ) {
    rows.removeAll { !isKept(table, $0) }
    let left = RadiographUnits(of: rows, in: table)
    append(.excluded, rule, remaining - left)
    remaining = left
  }

  private mutating func append(
    _ kind: CohortStep.Kind, _ name: String, _ units: RadiographUnits
  ) {
    steps.append(
      CohortStep(
        dataset: source.dataset, kind: kind, name: name, radiographCount: units.radiographCount,
        studyCount: units.studyCount, patientCount: units.patientCount))
  }

  private static func words(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "anything" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
