// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRYAML

/// How the race group of a patient is read: cases of which the first that fits counts.
///
/// Words are compared trimmed and in upper case.
struct RaceRule: Sendable {
  enum Test: Sendable {
    case ethnicity(Set<String>)
    case exactly(Set<String>)
    case prefix(String)
    case suffix(String)
  }

  struct Case: Sendable {
    let group: Race
    let test: Test
  }

  /// What counts when a patient's records say several groups.
  enum Conflicts: String, CaseIterable, Sendable {
    /// None: the race is unknown.
    case unknown
    /// The first record, whatever it says.
    case first
  }

  let column: ColumnRule
  let ethnicity: ColumnRule?
  let cases: [Case]
  /// Words that are known and belong to none of the groups.
  let others: Set<String>
  let conflicts: Conflicts

  init?(_ fields: YAMLMapping) {
    let column = fields.requiredColumn("column", remedy: "name the column of the race")
    ethnicity = fields.column("ethnicity")
    cases = fields.mappings("cases").compactMap(Self.readCase)
    others = Set((fields.texts("others") ?? []).map { $0.uppercased() })
    conflicts = fields.choice("conflicts") ?? .unknown
    if cases.isEmpty { fields.note("is missing; list at least one case", at: "cases") }
    fields.close()
    guard let column else { return nil }
    self.column = column
  }

  private static func readCase(_ fields: YAMLMapping) -> Case? {
    let group: Race? = fields.choice("group")
    if !fields.has("group") { fields.note("is missing; name the group", at: "group") }
    var tests: [Test] = []
    if let words = fields.texts("ethnicity") {
      tests.append(.ethnicity(Set(words.map { $0.uppercased() })))
    }
    if let words = fields.texts("exactly") {
      tests.append(.exactly(Set(words.map { $0.uppercased() })))
    }
    if let word = fields.text("prefix") { tests.append(.prefix(word.uppercased())) }
    if let word = fields.text("suffix") { tests.append(.suffix(word.uppercased())) }
    if tests.count != 1 {
      fields.note("give one of ethnicity, exactly, prefix and suffix", at: "exactly")
    }
    fields.close()
    guard let group, let test = tests.first else { return nil }
    return Case(group: group, test: test)
  }

  /// The group that one record says, and whether its words are in the vocabulary.
  func group(race: String?, ethnicity: String?) -> (group: Race?, isKnown: Bool) {
    let race = race?.uppercased() ?? ""
    let ethnicity = ethnicity?.uppercased() ?? ""
    for rule in cases {
      let fits =
        switch rule.test {
        case .ethnicity(let words): words.contains(ethnicity)
        case .exactly(let words): words.contains(race)
        case .prefix(let prefix): race.hasPrefix(prefix)
        case .suffix(let suffix): race.hasSuffix(suffix)
        }
      if fits { return (rule.group, true) }
    }
    return (nil, race.isEmpty || others.contains(race))
  }
}
