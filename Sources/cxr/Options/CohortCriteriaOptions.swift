// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
public import CXRCohort
public import CXRCore
internal import CXRText

/// What the radiographs of a cohort must meet, as flags.
struct CohortCriteriaOptions: ParsableArguments {
  @Option(name: .customLong("view"), help: "A view that is let in, such as pa; repeatable.")
  var views: [View] = []

  @Option(
    name: .customLong("view-source"),
    help: "Where the view may come from: declared, inferred, model; repeatable.")
  var viewSources: [ViewSource] = []

  @Option(help: "The part of a split to take, as NAME:PART.", transform: SplitPart.read)
  var split: SplitPart?

  @Option(
    name: .customLong("attribute"),
    help: "What the dataset must say in its own words, as NAME=VALUE; repeatable.",
    transform: Assignment.reading("NAME=VALUE, such as pediatric=No"))
  var attributes: [Assignment] = []

  @Option(
    name: .customLong("require"),
    help: "What must be known: study, sex, age, race, impression, findings; repeatable.")
  var required: [CohortCriteria.Requirement] = []

  @Option(name: .customLong("sex"), help: "A sex that is let in: female, male; repeatable.")
  var sexes: [Sex] = []

  @Option(name: .customLong("min-age"), help: "The lowest age in years that is let in.")
  var minimumAge: Double?

  @Option(name: .customLong("max-age"), help: "The lowest age that is not let in any more.")
  var maximumAge: Double?

  @Option(
    name: .customLong("race"),
    help: "A race group that is let in: Asian, Black, Hispanic, White; repeatable.")
  var races: [Race] = []

  @Flag(
    name: .customLong("descriptive-impression"),
    help: "The impression must describe something, not only point elsewhere or compare.")
  var requiresDescriptiveImpression = false

  @Option(
    name: .customLong("having"),
    help: "A finding and the states it may be in, as FINDING=STATE,STATE; repeatable.",
    transform: { try FindingStateArgument(reading: $0) })
  var having: [FindingStateArgument] = []

  @Option(
    help: "One radiograph each, as patient:RULE or study:RULE; RULE is \(Self.rules).",
    transform: { try ChoiceArgument(reading: $0) })
  var one: ChoiceArgument?

  @Option(help: "The seed of a random choice.")
  var seed: UInt64?

  private static let rules = RadiographChoice.Rule.words.joined(separator: ", ")

  mutating func validate() throws {
    guard AgeLimits(minimum: minimumAge, maximum: maximumAge) != nil else {
      throw ValidationError("--min-age must lie below --max-age, both from 0 to 150.")
    }
    let findings = having.map(\.finding)
    for (index, finding) in findings.enumerated() where findings[..<index].contains(finding) {
      throw ValidationError(
        "--having names \(finding.name) twice; give it one list, such as "
          + "\(finding.name)=positive,uncertain.")
    }
    guard seed == nil || one?.word == "random" else {
      throw ValidationError("--seed goes with --one UNIT:random only.")
    }
  }

  /// Whether no flag was given.
  var isEmpty: Bool { criteria == CohortCriteria() }

  /// The criteria that the flags spell.
  var criteria: CohortCriteria {
    var criteria = CohortCriteria()
    criteria.views = views
    criteria.viewSources = viewSources
    criteria.split = split.map { .init(name: $0.split, parts: [$0.part]) }
    criteria.attributes = Dictionary(grouping: attributes, by: \.name)
      .map { .init(name: $0, values: $1.map(\.value)) }.sorted { $0.name < $1.name }
    criteria.required = Set(required)
    criteria.sexes = sexes
    if minimumAge != nil || maximumAge != nil {
      criteria.ages = AgeLimits(minimum: minimumAge, maximum: maximumAge)
    }
    criteria.races = races
    criteria.impressionRule = requiresDescriptiveImpression ? DescriptiveImpressionRule() : nil
    criteria.having = having.map { .init(finding: $0.finding, states: $0.states) }
    criteria.choice = one.flatMap { one in
      RadiographChoice.Rule(word: one.word, seed: seed ?? 1).map { .init(per: one.unit, $0) }
    }
    return criteria
  }
}

extension CohortCriteria.Requirement: ExpressibleByArgument {}
extension ViewSource: ExpressibleByArgument {}

extension Race: ExpressibleByArgument {
  /// Reads a group's name in any case.
  public init?(argument: String) {
    let race = Self.allCases.first { $0.rawValue.lowercased() == argument.lowercased() }
    guard let race else { return nil }
    self = race
  }
}

extension Sex: ExpressibleByArgument {
  /// Reads `female`, `male`, `F` or `M`.
  public init?(argument: String) {
    let sex = Self.allCases.first {
      [$0.rawValue, String(describing: $0)].contains(argument)
    }
    guard let sex else { return nil }
    self = sex
  }
}
