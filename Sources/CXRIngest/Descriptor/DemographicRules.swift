// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRYAML
internal import Yams

/// How the sex of a patient is read.
struct SexRule: Sendable {
  let column: ColumnRule
  let map: [String: Sex]
  /// Words that are known and say nothing.
  let unknown: Set<String>

  init?(_ fields: YAMLMapping) {
    let column = fields.requiredColumn("column", remedy: "name the column of the sex")
    var map: [String: Sex] = [:]
    for row in fields.table("map") ?? [] { map[row.key] = row.word() as Sex? }
    self.map = fields.has("map") ? map : ["F": .female, "M": .male]
    unknown = Set(fields.texts("unknown") ?? [])
    fields.close()
    guard let column else { return nil }
    self.column = column
  }
}

/// How the age at the study is read or derived.
struct AgeRule: Sendable {
  enum Derivation: Sendable {
    /// The age itself, with or without a unit: `57`, `62.0`, `058Y`, `004M`.
    case value(ColumnRule)
    /// The year of the study minus that of birth.
    case born(ColumnRule, at: StudyYear)
    /// An age in some year, moved to the year of the study.
    case anchor(age: ColumnRule, year: ColumnRule, at: StudyYear)
  }

  /// The year of the study, from a date or fixed.
  enum StudyYear: Sendable {
    case column(ColumnRule)
    case fixed(Double)
  }

  let derivation: Derivation
  /// Numbers that stand for an unknown age.
  let unknown: Set<Double>
  /// Ages above are implausible.
  let limitYears: Double
  /// Recorded ages from here on stand for all older ones.
  let topCodedFrom: Double?
  /// Derived ages above become this one.
  let capYears: Double?

  init?(_ fields: YAMLMapping) {
    let value = fields.column("value")
    let born = fields.column("born")
    let anchor = fields.mapping("anchor")
    var at: StudyYear?
    if let year = fields.node("at")?.scalar?.string, let fixed = Double(year) {
      at = .fixed(fixed)
    } else {
      at = fields.column("at").map(StudyYear.column)
    }
    unknown = Set(fields.numbers("unknown"))
    limitYears = fields.number("limit") ?? 120
    topCodedFrom = fields.number("topCodedFrom")
    capYears = fields.number("cap")
    if !(1...120).contains(limitYears) { fields.note("takes years from 1 to 120", at: "limit") }
    var derivation: Derivation?
    if let anchor {
      let age = anchor.requiredColumn("age", remedy: "name the column of the age")
      let year = anchor.requiredColumn("year", remedy: "name the column of the age's year")
      anchor.close()
      if let age, let year, let at { derivation = .anchor(age: age, year: year, at: at) }
    } else if let born {
      if let at { derivation = .born(born, at: at) }
    } else if let value {
      derivation = .value(value)
    }
    if [value != nil, born != nil, anchor != nil].filter(\.self).count != 1 {
      fields.note("give one of value, born (with at) and anchor (with at)", at: "value")
    } else if value == nil, at == nil {
      fields.note("is missing; name the column of the study's date, or a year", at: "at")
    }
    fields.close()
    guard let derivation else { return nil }
    self.derivation = derivation
  }
}
