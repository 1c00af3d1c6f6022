// SPDX-License-Identifier: Apache-2.0
import Foundation
internal import CXRCore

/// A simulated study of PadChest: its labels and report.
struct PadChestStudy {
  let number: Int
  let studyID: String
  let day: PlainDate
  let isReadByPhysician: Bool
  /// The label list as written, quirks included; `nil` for null cells.
  let labels: [String]?
  /// The terms behind the labels; empty for a normal study.
  let terms: [PadChestTerm]
  /// The states of the findings by the default rule.
  let findings: StudyFindings
  let quirks: Set<PadChestQuirk>

  init(of patient: PadChestPatient, number: Int, seed: UInt64, plan: QuirkPlan<PadChestQuirk>) {
    let index = patient.number * 100 + number
    var draws = PhantomDraws(seed: seed, purpose: "phantom.padchest.study", index: index)
    self.number = number
    studyID = "5" + index.padded(to: 8) + draws.digits(30)
    let day = PlainDate(year: patient.firstYear, dayOfYear: draws.index(below: 300))
    self.day = PlainDate(dayNumber: min(day.dayNumber + 60 * number, 2_018 * 336 - 1))
    isReadByPhysician = draws.happens(0.27)
    var quirks = plan.quirks(PadChestQuirk.ofStudies, patient: patient.number, unit: number)
    // What replaces the whole list leaves nothing to decorate.
    for quirk in Self.replacing where quirks.contains(quirk) { quirks = [quirk] }
    let terms = Self.terms(of: patient, at: self.day, draws: &draws)
    let isSuboptimal = draws.happens(0.01)
    let names = terms.isEmpty ? ["normal"] : terms.map(\.name)
    if terms.contains(where: { $0.name != $0.name.lowercased() }),
      quirks.isDisjoint(with: Self.replacing)
    {
      quirks.insert(.labelCapitals)
    }
    let (labels, written) = Self.written(
      isSuboptimal && !terms.isEmpty ? names + ["suboptimal study"] : names, quirks: quirks)
    self.terms = quirks.isDisjoint(with: Self.replacing) ? terms : []
    self.labels = labels
    self.quirks = written
    findings = Self.findings(labels, terms: self.terms)
  }

  private static let replacing: [PadChestQuirk] = [
    .labelExclude, .labelsNull, .labelsEmptyList, .labelsOnlyUnchanged,
  ]

  private static func terms(
    of patient: PadChestPatient, at day: PlainDate, draws: inout PhantomDraws
  ) -> [PadChestTerm] {
    let ageDeviate = Double(patient.trueAgeYears(at: day) - 58) / 18
    let illness = 0.5 * patient.person.severity + 0.75.squareRoot() * draws.normal()
    guard normalShare(below: illness + 0.3 * ageDeviate) > 0.37 else { return [] }
    let growth = exp(0.405 * min(max(ageDeviate, -2.5), 1.5) + 0.2 * illness)
    var terms: [PadChestTerm] = []
    for term in PadChestTerm.all {
      let factor = term.ageFactor > 0 ? growth : term.ageFactor < 0 ? 1 / growth : 1
      if draws.happens(term.share * factor) { terms.append(term) }
    }
    return terms.isEmpty ? [PadChestTerm.all[0]] : terms
  }

  /// The label list with its quirks, and those of them that there was room for.
  private static func written(
    _ names: [String], quirks planted: Set<PadChestQuirk>
  ) -> (labels: [String]?, quirks: Set<PadChestQuirk>) {
    if planted.contains(.labelsNull) { return (nil, planted) }
    if planted.contains(.labelsEmptyList) { return ([], planted) }
    if planted.contains(.labelsOnlyUnchanged) { return (["unchanged"], planted) }
    if planted.contains(.labelExclude) { return (["exclude"], planted) }
    var labels = names
    if planted.contains(.normalBesideOthers) {
      labels += names == ["normal"] ? ["unchanged"] : ["normal"]
    }
    if planted.contains(.labelRepeated) { labels.append(labels[0]) }
    if planted.contains(.labelEmptyItem) { labels.append("") }
    if planted.contains(.labelLeadingSpace) { labels[0] = " " + labels[0] }
    return (labels, planted)
  }

  private static func findings(_ labels: [String]?, terms: [PadChestTerm]) -> StudyFindings {
    // A normal report has the label normal: an empty list says nothing, as no list does.
    guard let labels, !labels.isEmpty, labels != ["unchanged"] else {
      return StudyFindings(allAre: .unmentioned)
    }
    var findings = StudyFindings(allAre: .negative)
    for finding in terms.flatMap(\.findings) { findings[finding] = .positive }
    let distinct = Set(labels.map { $0.trimmingCharacters(in: .whitespaces) }).subtracting([""])
    if distinct == ["normal"] { findings[.noFinding] = .positive }
    return findings
  }
}
