// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRText
internal import CXRYAML
internal import Yams

extension CohortCriteria {
  /// Reads the criteria of a mapping, each of which overrides the given one, and notes what is wrong.
  init(_ fields: YAMLMapping, over base: CohortCriteria) {
    self = base
    fields.requireValues()
    // In the order in which the rules are applied.
    if fields.has("views") {
      views = fields.values("views", among: View.allCases.map(\.rawValue)) { text in
        View.allCases.first { $0.rawValue.lowercased() == text.lowercased() }
      }
    }
    if fields.has("viewSources") { viewSources = fields.words("viewSources") }
    if fields.has("split") { split = fields.mapping("split").map(Self.split) }
    if fields.has("attributes") { attributes = Self.attributes(fields.mapping("attributes")) }
    if fields.has("require") { required = Set(fields.words("require") as [Requirement]) }
    if fields.has("sex") {
      sexes = fields.values("sex", among: ["female", "male"], Sex.init(word:))
    }
    if fields.has("age") { ages = fields.mapping("age").flatMap { Self.ages($0, in: fields) } }
    if fields.has("race") { races = fields.words("race") }
    if fields.has("descriptiveImpression") { impressionRule = Self.impressionRule(fields) }
    if fields.has("having") { having = Self.having(fields.mapping("having")) }
    if fields.has("one") { choice = fields.mapping("one").flatMap { Self.choice($0, in: fields) } }
  }

  private static func split(_ fields: YAMLMapping) -> SplitCriterion {
    defer { fields.close() }
    return SplitCriterion(
      name: fields.requiredText("name", remedy: "write split: {name: NAME, part: PART}"),
      parts: fields.names("part").distinct)
  }

  private static func attributes(_ fields: YAMLMapping?) -> [AttributeCriterion] {
    guard let fields else { return [] }
    fields.requireValues()
    return fields.pairs.map(\.key).sorted().map { name in
      AttributeCriterion(name: name, values: fields.names(name).distinct)
    }
  }

  private static func ages(_ fields: YAMLMapping, in parent: YAMLMapping) -> AgeLimits? {
    fields.requireValues()
    defer { fields.close() }
    let limits = AgeLimits(minimum: fields.number("min"), maximum: fields.number("max"))
    if limits == nil {
      parent.note("needs min below max, both from 0 to 150 years", at: "age")
    }
    return limits
  }

  /// `true` for the rule as it is, `false` for none, or the rule's options.
  private static func impressionRule(_ parent: YAMLMapping) -> DescriptiveImpressionRule? {
    let key = "descriptiveImpression"
    guard parent.node(key)?.scalar == nil else {
      return parent.flag(key) ? DescriptiveImpressionRule() : nil
    }
    guard let fields = parent.mapping(key) else { return nil }
    fields.requireValues()
    defer { fields.close() }
    if let version = fields.text("rule"), version != DescriptiveImpressionRule.version {
      fields.note(
        "there is no rule \(version); this program has \(DescriptiveImpressionRule.version)",
        at: "rule")
    }
    var rule = DescriptiveImpressionRule()
    rule.minimumWords = fields.positiveCount("minimumWords") ?? rule.minimumWords
    rule.minimumLetters = fields.positiveCount("minimumLetters") ?? rule.minimumLetters
    return rule
  }

  private static func having(_ fields: YAMLMapping?) -> [FindingCriterion] {
    guard let fields else { return [] }
    fields.requireValues()
    var having: [FindingCriterion] = []
    for name in fields.pairs.map(\.key) {
      let states = fields.values(name, among: LabelState.allCases.map(\.word)) { word in
        LabelState.allCases.first { $0.word == word }
      }
      guard let finding = Finding(name: name) else {
        if let nearest = Finding.nearest(to: name) {
          fields.note("\(name) is not known here; did you mean \(nearest.name)?", at: name)
        } else {
          fields.noteUnknown(name, among: Finding.allCases.map(\.name), at: name)
        }
        continue
      }
      if having.contains(where: { $0.finding == finding }) {
        fields.note("\(finding.name) stands here twice; give it one list of states", at: name)
      }
      having.append(FindingCriterion(finding: finding, states: states))
    }
    return having.sorted { $0.finding.name < $1.finding.name }
  }

  private static func choice(_ fields: YAMLMapping, in parent: YAMLMapping) -> RadiographChoice? {
    fields.requireValues()
    defer { fields.close() }
    let units: [RadiographChoice.Unit] = fields.words("per")
    let seed = fields.text("seed").flatMap { text in
      let seed = UInt64(text)
      if seed == nil { fields.note("\(text) is no whole number from 0", at: "seed") }
      return seed
    }
    let rules = fields.values("choose", among: RadiographChoice.Rule.words) {
      RadiographChoice.Rule(word: $0, seed: seed ?? 1)
    }
    guard units.count == 1, rules.count == 1, let unit = units.first, let rule = rules.first else {
      parent.note(
        "needs per and choose; write one: {per: patient, choose: first-acquired}", at: "one")
      return nil
    }
    if fields.has("seed"), rule.word != "random" {
      fields.note("goes with choose: random only; leave it out", at: "seed")
    }
    return RadiographChoice(per: unit, rule)
  }
}

extension Sex {
  /// Reads `female`, `male`, `F` or `M`.
  init?(word: String) {
    guard let sex = Self.allCases.first(where: { [$0.rawValue, $0.word].contains(word) }) else {
      return nil
    }
    self = sex
  }

  /// The word, such as `female`.
  var word: String { String(describing: self) }
}
