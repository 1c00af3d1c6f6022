// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore
internal import CXRText

/// Makes the prompts of one radiograph at a time.
struct PromptWriter: Sendable {
  let plan: PromptPlan
  let template: PromptTemplate
  let tokenizer: CLIPTokenizer?
  /// What a model made of impressions that are too long; empty unless the plan says so.
  var rewritings: [String: String] = [:]
  private let fields: Set<PromptField>
  private let shortener: ExtractiveShortener
  private let copiesByFinding: [(finding: Finding, copies: Double)]
  private let cells: [Cell]

  /// The demographics of one variation.
  private struct Cell {
    let number: Int
    let sex: Sex?
    let race: Race?
  }

  init(plan: PromptPlan, template: PromptTemplate, tokenizer: CLIPTokenizer?) {
    self.plan = plan
    self.template = template
    self.tokenizer = tokenizer
    fields = Set(template.fields)
    shortener = ExtractiveShortener(
      maximumCharacters: plan.maximumCharacters, maximumTokens: plan.maximumTokens)
    copiesByFinding = plan.weights.map { ($0.finding, $0.copies) }
    cells = Self.cells(of: plan.demographics)
  }

  /// The names of the sections that the template needs: those of the impression, then the findings.
  static func sections(of plan: PromptPlan, template: PromptTemplate) -> [String] {
    let fields = template.fields
    return (fields.contains(.impression) ? plan.section.sectionNames : [])
      + (fields.contains(.findings) ? PromptSection.findings.sectionNames : [])
  }

  /// Returns the impression of a radiograph if its prompts would be too long.
  func longImpression(of candidate: PromptCandidate) throws -> String? {
    guard case .success(let variations) = variations(of: candidate),
      let impression = variations.first?.values.impression
    else { return nil }
    let counts = try variations.map { try tokenCount($0.values) }
    return isTooLong(impression, counts) ? impression : nil
  }

  /// Makes the prompts of a radiograph.
  func prompts(of candidate: PromptCandidate) throws -> PromptOutcome {
    var variations: [Variation]
    switch self.variations(of: candidate) {
    case .success(let known): variations = known
    case .failure(let absence): return .leftOut(absence.words)
    }
    var texts = try variations.map { try template.render($0.values) }
    var counts = texts.map { tokenizer?.tokenCount($0) }
    let impression = variations.first?.values.impression ?? ""
    var note = ShorteningNote.none
    if isTooLong(impression, counts) {
      guard fields.contains(.impression), plan.shortening != .leaveOut else {
        return .leftOut(tooLong)
      }
      // What is left of the text stands in the same place in all of them, so that the longest
      // variation stays the longest; the counts below make sure of it.
      let longest = counts.indices.max { (counts[$0] ?? 0, $1) < (counts[$1] ?? 0, $0) } ?? 0
      guard let short = try shorten(impression, in: variations[longest].values) else {
        return .leftOut(tooLong + " even when shortened")
      }
      note = short.note
      for index in variations.indices { variations[index].values.impression = short.text }
      texts = try variations.map { try template.render($0.values) }
      counts = texts.map { tokenizer?.tokenCount($0) }
      guard counts.allSatisfy({ ($0 ?? 0) <= plan.maximumTokens }) else {
        return .leftOut(tooLong + " even when shortened")
      }
    }
    return .prompts(
      variations.indices.map { index in
        let values = variations[index].values
        return PromptRecord(
          radiographID: candidate.radiographID, variation: variations[index].number,
          sex: values.sex, race: values.race, ageYears: values.ageYears.map { Int($0) },
          impression: values.impression ?? "", text: texts[index], tokenCount: counts[index],
          shortening: note.method, removedText: note.removedText)
      })
  }

  private func isTooLong(_ impression: String, _ counts: [Int?]) -> Bool {
    guard tokenizer != nil else { return impression.count > plan.maximumCharacters }
    return counts.contains { ($0 ?? 0) > plan.maximumTokens }
  }

  private var tooLong: String {
    tokenizer == nil
      ? "longer than \(plan.maximumCharacters) characters"
      : "longer than \(plan.maximumTokens) tokens"
  }

  private func tokenCount(_ values: PromptValues) throws -> Int? {
    try tokenizer?.tokenCount(template.render(values))
  }

  /// Shortens an impression, or returns `nil` when nothing that is left is short enough.
  private func shorten(
    _ impression: String, in values: PromptValues
  ) throws -> (text: String, note: ShorteningNote)? {
    func extracted(_ impression: String) throws -> ShortenedImpression {
      guard tokenizer != nil else { return shortener.shorten(impression) }
      return try shortener.shorten(impression) { text in
        var values = values
        values.impression = text
        return try tokenCount(values) ?? 0
      }
    }
    guard case .rewritten(let model, _, _) = plan.shortening else {
      let short = try extracted(impression)
      return short.fits ? (short.text, ShorteningNote(short)) : nil
    }
    guard let rewritten = rewritings[impression], !rewritten.isEmpty else { return nil }
    var note = ShorteningNote(rewritten: impression, model: model)
    let short = try extracted(rewritten)
    if short.method != .unchanged { note.append(ShorteningNote(short)) }
    return short.fits ? (short.text, note) : nil
  }

  private func expectedCopies(of candidate: PromptCandidate) -> Double {
    copiesByFinding.filter { candidate.findings[$0.finding] == .positive }.map(\.copies).max() ?? 1
  }
}

extension PromptWriter {
  /// One prompt that is to be: its number and what is to be told.
  private struct Variation {
    let number: Int
    var values: PromptValues
  }

  /// The prompts that are to be made of a radiograph, all of a copy before the next copy.
  private func variations(of candidate: PromptCandidate) -> Result<[Variation], Absence> {
    known(of: candidate).flatMap { values in
      let draws = PromptDraws(seed: plan.seed, candidate: candidate)
      let copies = draws.copies(expected: expectedCopies(of: candidate))
      guard copies > 0 else { return .failure(Absence(words: "not drawn, weight below 1")) }
      let variations = (0..<copies).flatMap { copy in
        cells.map { cell in
          let number = copy * Self.cellCount(of: plan.demographics) + cell.number
          var varied = values
          varied.sex = cell.sex ?? values.sex
          varied.race = cell.race ?? values.race
          varied.ageYears = values.ageYears.map {
            let years = Int($0.rounded(.down))
            return Double(draws.age(years, jitter: plan.ageJitterYears, variation: number))
          }
          return Variation(number: number, values: varied)
        }
      }
      return .success(variations)
    }
  }

  /// Why a radiograph has no prompt.
  private struct Absence: Error { let words: String }

  /// What is known of a radiograph, or what is missing that the template needs.
  private func known(of candidate: PromptCandidate) -> Result<PromptValues, Absence> {
    let impressionCount = fields.contains(.impression) ? plan.section.sectionNames.count : 0
    let impressions = candidate.sections.prefix(impressionCount)
    var values = PromptValues(
      ageYears: candidate.ageYears, sex: candidate.sex, race: candidate.race,
      impression: impressions.lazy.compactMap(\.self).first { !$0.isEmpty },
      findings: candidate.sections.dropFirst(impressionCount).first ?? nil, view: candidate.view,
      dataset: candidate.dataset)
    if fields.contains(.labels) {
      values.labels = Finding.allCases.filter { candidate.findings[$0] == .positive }
    }
    let given = cells.first
    for field in template.fields where values.text(field) == nil {
      switch field {
      case .sex, .sexUpperCase: if given?.sex == nil { return .failure(Absence(words: "no sex")) }
      case .race, .raceUpperCase, .raceCapitalized:
        if given?.race == nil { return .failure(Absence(words: "no race")) }
      case .labels: return .failure(Absence(words: "no positive finding"))
      case .impression: return .failure(Absence(words: "no \(plan.section.rawValue)"))
      case .age, .findings, .view, .dataset:
        return .failure(Absence(words: "no \(field.rawValue)"))
      }
    }
    return .success(values)
  }

  private static func cells(of demographics: PromptDemographics) -> [Cell] {
    guard case .balanced(let sexes, let races) = demographics else {
      return [Cell(number: 0, sex: nil, race: nil)]
    }
    return sexes.flatMap { sex in
      races.map { race in
        // A number of its own for each pair: a shorter list asks for fewer prompts, not for others.
        let number =
          (Sex.allCases.firstIndex(of: sex) ?? 0) * Race.allCases.count
          + (Race.allCases.firstIndex(of: race) ?? 0)
        return Cell(number: number, sex: sex, race: race)
      }
    }
  }

  /// The distance between the numbers of two copies.
  static func cellCount(of demographics: PromptDemographics) -> Int {
    demographics == .original ? 1 : Sex.allCases.count * Race.allCases.count
  }
}
