// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRText
internal import Yams

extension CohortCriteria {
  /// The keys of the criteria, in the order in which the rules are applied.
  static let keys = [
    "views", "viewSources", "split", "attributes", "require", "sex", "age", "race",
    "descriptiveImpression", "having", "one",
  ]

  /// Reads the criteria of a mapping; a key that is there overrides the given criteria.
  init(_ mapping: YAMLMapping, over base: CohortCriteria) throws(CohortError) {
    self = base
    for key in mapping.keys where Self.keys.contains(key) { try read(key, from: mapping) }
  }

  private mutating func read(_ key: String, from mapping: YAMLMapping) throws(CohortError) {
    switch key {
    case "views":
      views = try mapping.values(key, among: View.allCases.map(\.rawValue)) { text in
        View.allCases.first { $0.rawValue.lowercased() == text.lowercased() }
      }
    case "viewSources":
      viewSources = try mapping.values(
        key, among: ViewSource.allCases.map(\.rawValue), ViewSource.init)
    case "split": split = try Self.split(mapping)
    case "attributes": attributes = try Self.attributes(mapping)
    case "require":
      required = Set(
        try mapping.values(key, among: Requirement.allCases.map(\.rawValue), Requirement.init))
    case "sex": sexes = try mapping.values(key, among: ["female", "male"], Sex.init(word:))
    case "age": ages = try Self.ages(mapping)
    case "race": races = try mapping.values(key, among: Race.allCases.map(\.rawValue), Race.init)
    case "having": having = try Self.having(mapping)
    case "descriptiveImpression": impressionRule = try Self.impressionRule(mapping)
    default: choice = try Self.choice(mapping)
    }
  }

  private static func split(_ mapping: YAMLMapping) throws(CohortError) -> SplitCriterion? {
    guard let (place, value) = mapping.node("split") else { return nil }
    let inner = try YAMLMapping(value, of: "split", keys: ["name", "part"], at: place)
    guard let name = try inner.text("name") else {
      throw inner.place.error("split needs a name; write split: {name: NAME, part: PART}.")
    }
    return SplitCriterion(name: name, parts: try inner.texts("part").map(\.text).distinct)
  }

  private static func attributes(
    _ mapping: YAMLMapping
  ) throws(CohortError) -> [AttributeCriterion] {
    guard let (place, value) = mapping.node("attributes") else { return [] }
    let inner = try YAMLMapping(value, of: "attributes", keys: nil, at: place)
    var attributes: [AttributeCriterion] = []
    for name in inner.keys.sorted() {
      attributes.append(
        AttributeCriterion(name: name, values: try inner.texts(name).map(\.text).distinct))
    }
    return attributes
  }

  private static func ages(_ mapping: YAMLMapping) throws(CohortError) -> AgeLimits? {
    guard let (place, value) = mapping.node("age") else { return nil }
    let inner = try YAMLMapping(value, of: "age", keys: ["min", "max"], at: place)
    let limits = AgeLimits(
      minimum: try inner.number("min", as: Double.self),
      maximum: try inner.number("max", as: Double.self))
    guard let limits else {
      throw inner.place.error("age must have min below max, both from 0 to 150 years.")
    }
    return limits
  }

  /// `true` for the rule as it is, `false` for none, or the rule's options.
  private static func impressionRule(
    _ mapping: YAMLMapping
  ) throws(CohortError) -> DescriptiveImpressionRule? {
    guard let (place, value) = mapping.node("descriptiveImpression") else { return nil }
    if value.scalar != nil {
      let isAskedFor = try mapping.values(
        "descriptiveImpression", among: ["true", "false"], Bool.init)
      return isAskedFor == [true] ? DescriptiveImpressionRule() : nil
    }
    let inner = try YAMLMapping(
      value, of: "descriptiveImpression", keys: ["rule", "minimumWords", "minimumLetters"],
      at: place)
    if let version = try inner.text("rule"), version != DescriptiveImpressionRule.version {
      throw inner.place.error(
        "there is no rule \(version); this program has \(DescriptiveImpressionRule.version).")
    }
    var rule = DescriptiveImpressionRule()
    rule.minimumWords = try inner.number("minimumWords", as: Int.self) ?? rule.minimumWords
    rule.minimumLetters = try inner.number("minimumLetters", as: Int.self) ?? rule.minimumLetters
    guard rule.minimumWords >= 1, rule.minimumLetters >= 1 else {
      throw inner.place.error("minimumWords and minimumLetters must be numbers from 1.")
    }
    return rule
  }

  private static func having(_ mapping: YAMLMapping) throws(CohortError) -> [FindingCriterion] {
    guard let (place, value) = mapping.node("having") else { return [] }
    let names = Finding.allCases.map(\.name)
    let inner = try YAMLMapping(value, of: "having", keys: nil, at: place)
    var having: [FindingCriterion] = []
    for name in inner.keys {
      guard let finding = Finding(name: name) else {
        let suggestion = names.nearest(to: name).map { "did you mean \($0)?" }
        throw (inner.node(name)?.place ?? place).error(
          "there is no finding \(name); " + (suggestion ?? "write one of the 14 CheXpert names."))
      }
      let states = try inner.values(name, among: LabelState.allCases.map(\.word)) { word in
        LabelState.allCases.first { $0.word == word }
      }
      having.append(FindingCriterion(finding: finding, states: states))
    }
    return having.sorted { $0.finding.name < $1.finding.name }
  }

  private static func choice(_ mapping: YAMLMapping) throws(CohortError) -> RadiographChoice? {
    guard let (place, value) = mapping.node("one") else { return nil }
    let inner = try YAMLMapping(value, of: "one", keys: ["per", "choose", "seed"], at: place)
    let units = try inner.values(
      "per", among: RadiographChoice.Unit.allCases.map(\.rawValue), RadiographChoice.Unit.init)
    let seed = try inner.number("seed", as: UInt64.self)
    let rules = try inner.values("choose", among: RadiographChoice.Rule.words) {
      RadiographChoice.Rule(word: $0, seed: seed ?? 1)
    }
    guard units.count == 1, rules.count == 1, let unit = units.first, let rule = rules.first else {
      throw inner.place.error(
        "one needs per and choose; write one: {per: patient, choose: first-acquired}.")
    }
    if seed != nil, rule.word != "random" {
      throw inner.place.error("seed goes with choose: random only; leave it out.")
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
