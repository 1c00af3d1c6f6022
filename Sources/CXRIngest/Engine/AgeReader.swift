// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// Reads or derives the age at the study.
struct AgeReader {
  /// What a record says of the age.
  struct Reading {
    var ageYears: Double?
    var recordedAgeYears: Double?
    var isTopCoded = false
    var warning: (code: String, message: String)?
  }

  private enum Year {
    case column(BoundColumn)
    case fixed(Double)
  }

  private enum Source {
    case value(BoundColumn)
    case born(BoundColumn, at: Year)
    case anchor(age: BoundColumn, year: BoundColumn, at: Year)
  }

  private let rule: AgeRule
  private let source: Source
  /// Whether a date of birth is given instead of the year.
  private let hasDateOfBirth: Bool

  init?(_ rule: AgeRule, in images: ImageTable) {
    self.rule = rule
    hasDateOfBirth =
      if case .born(let column, _) = rule.derivation { column.date != nil } else { false }
    func year(_ year: AgeRule.StudyYear) -> Year? {
      switch year {
      case .fixed(let value): .fixed(value)
      case .column(let column): images.bind(column, key: "age.at").map(Year.column)
      }
    }
    switch rule.derivation {
    case .value(let column):
      guard let column = images.bind(column, key: "age.value") else { return nil }
      source = .value(column)
    case .born(let column, let at):
      guard let column = images.bind(column, key: "age.born"), let at = year(at) else {
        return nil
      }
      source = .born(column, at: at)
    case .anchor(let age, let anchor, let at):
      guard let age = images.bind(age, key: "age.anchor.age"),
        let anchor = images.bind(anchor, key: "age.anchor.year"), let at = year(at)
      else { return nil }
      source = .anchor(age: age, year: anchor, at: at)
    }
  }

  /// Where the age, or what it is derived from, stands.
  func place(_ images: ImageTable) -> RecordPlace {
    switch source {
    case .value(let column), .born(let column, _), .anchor(let column, _, _):
      images.place(of: column)
    }
  }

  func read(_ images: ImageTable) -> Reading {
    switch source {
    case .value(let column):
      guard let text = images.text(column) else {
        return missing("ages that are blank, or without a record")
      }
      guard case .years(let years, let hasUnit) = AgeText(text) else {
        return Reading(
          warning: ("age-unreadable", "ages that are no numbers, kept as unknown"))
      }
      return checked(years, recorded: years, isRecorded: false, hasUnit: hasUnit)
    case .born(let column, let at):
      guard let bornText = images.text(column) else {
        return missing("years of birth that are blank")
      }
      let bornYear = hasDateOfBirth ? Self.year(ofDate: bornText) : Self.number(bornText)
      guard let born = bornYear else { return unreadable("years of birth") }
      switch self.year(at, images) {
      case .missing: return missing("dates of the study that are blank")
      case .unreadable: return unreadable("dates of the study")
      case .year(let year):
        return checked(year - born, recorded: nil, isRecorded: false, hasUnit: true)
      }
    case .anchor(let age, let anchor, let at):
      guard let ageText = images.text(age), let anchorText = images.text(anchor) else {
        return missing("radiographs of patients without a record of age")
      }
      guard let age = Self.number(ageText), let anchor = Self.number(anchorText) else {
        return unreadable("ages, or their years,")
      }
      switch self.year(at, images) {
      case .missing: return missing("dates of the study that are blank")
      case .unreadable: return unreadable("dates of the study")
      case .year(let year):
        return checked(age + year - anchor, recorded: age, isRecorded: true, hasUnit: true)
      }
    }
  }

  private func checked(
    _ years: Double, recorded: Double?, isRecorded: Bool, hasUnit: Bool
  ) -> Reading {
    var reading = Reading()
    if isRecorded { reading.recordedAgeYears = recorded }
    if let from = rule.topCodedFrom { reading.isTopCoded = (recorded ?? years) >= from }
    if rule.unknown.contains(years) {
      reading.warning = ("age-unknown", "ages that stand for an unknown one")
    } else if years < 0 {
      reading.warning = ("age-negative", "ages below 0, kept as unknown")
    } else if let cap = rule.capYears, years > cap {
      reading.ageYears = cap
      reading.isTopCoded = true
    } else if years > rule.limitYears {
      let hint = hasUnit ? "" : "; without a unit: perhaps months or days"
      reading.warning = (
        "age-implausible", "ages above \(Int(rule.limitYears)) years, kept as unknown" + hint
      )
    } else {
      reading.ageYears = years
    }
    return reading
  }

  private enum ReadYear {
    case year(Double), missing, unreadable
  }

  private func year(_ year: Year, _ images: ImageTable) -> ReadYear {
    switch year {
    case .fixed(let value): return .year(value)
    case .column(let column):
      guard let text = images.text(column) else { return .missing }
      return Self.year(ofDate: text).map(ReadYear.year) ?? .unreadable
    }
  }

  /// The first four digits of a date.
  private static func year(ofDate text: String) -> Double? {
    let digits = text.utf8.prefix(4)
    guard digits.count == 4, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Double(text.prefix(4))
  }

  private static func number(_ text: String) -> Double? {
    Double(text).flatMap { $0.isFinite ? $0 : nil }
  }

  private func unreadable(_ what: String) -> Reading {
    Reading(warning: ("age-unreadable", what + " that are no numbers, age unknown"))
  }

  private func missing(_ what: String) -> Reading {
    Reading(warning: ("age-missing", what + ", age unknown"))
  }
}
