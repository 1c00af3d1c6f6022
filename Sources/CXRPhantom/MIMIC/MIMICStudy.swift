// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A simulated study of MIMIC-CXR: its radiographs, labels and report.
struct MIMICStudy {
  /// The number among the patient's studies, from 0.
  let number: Int
  let studyID: Int
  let day: PlainDate
  /// The time of day, as the metadata write it: a decimal number without leading zeros.
  let time: String
  let isPortable: Bool
  let radiographs: [MIMICRadiograph]
  /// The row of the CheXpert label table.
  let findings: StudyFindings
  /// The row of the NegBio label table.
  let negbioFindings: StudyFindings
  let isHandLabelled: Bool
  let quirks: Set<MIMICQuirk>

  init(
    of patient: MIMICPatient, number: Int, radiographCount: Int, seed: UInt64,
    plan: QuirkPlan<MIMICQuirk>
  ) {
    let index = patient.number * 100 + number
    self.number = number
    var draws = PhantomDraws(seed: seed, purpose: "phantom.mimic.study", index: index)
    studyID = 50_000_000 + IdentifierCode.scattered(index)
    let day = PlainDate(
      dayNumber: patient.firstDay.dayNumber + number * 25 + draws.index(below: 20))
    self.day = day
    let hour = draws.index(below: 24)
    time = Self.time(hour: hour, draws: &draws)
    var quirks = plan.quirks(MIMICQuirk.ofStudies, patient: patient.number, unit: number)
    let yearsSinceFirst = day.year - patient.firstDay.year
    let drawn = FindingModel.mimic.findings(
      of: patient.person, ageYears: patient.person.firstAgeYears + yearsSinceFirst, draws: &draws)
    findings = quirks.contains(.labelsAllBlank) ? StudyFindings(allAre: .unmentioned) : drawn
    negbioFindings =
      quirks.contains(.negbioDiffers) ? Self.changed(findings, draws: &draws) : findings
    isPortable = Self.isPortable(of: patient, number: number, seed: seed)
    isHandLabelled = patient.part == .test && draws.happens(0.21)
    radiographs = Self.radiographs(
      isPortable: isPortable, count: radiographCount, patient: patient.number, study: number,
      seed: seed, plan: plan)
    if hour < 10 { quirks.insert(.studyTimeShort) }
    if isHandLabelled { quirks.insert(.handLabelled) }
    if day.year < patient.anchorYear { quirks.insert(.studyBeforeAnchorYear) }
    if findings == StudyFindings(allAre: .unmentioned) { quirks.insert(.labelsAllBlank) }
    if quirks.contains(.studyWithoutLabels) {
      quirks.subtract([.labelsAllBlank, .negbioDiffers])
      quirks.insert(.reportWithNeither)
    }
    // A report is of one kind; the rarer one wins.
    if let kind = Self.reportKinds.first(where: { quirks.contains($0) }) {
      quirks = quirks.subtracting(Self.reportKinds).union([kind])
      if kind == .reportOnlyLastParagraph { quirks.remove(.addendum) }
    }
    if findings == negbioFindings { quirks.remove(.negbioDiffers) }
    self.quirks = quirks
  }

  /// Whether a study is done at the bedside, which the iller patients more often need.
  static func isPortable(of patient: MIMICPatient, number: Int, seed: UInt64) -> Bool {
    let index = patient.number * 100 + number
    var draws = PhantomDraws(seed: seed, purpose: "phantom.mimic.portable", index: index)
    return draws.happens(normalShare(below: 0.5 * (patient.person.severity - 0.1)))
  }

  private static let reportKinds: [MIMICQuirk] = [
    .reportWithNeither, .impressionAsAbove, .impressionUnchanged, .impressionRepeated,
    .reportOnlyLastParagraph, .reportOnlyFindings, .reportOnlyImpression,
  ]

  private static func time(hour: Int, draws: inout PhantomDraws) -> String {
    let (minute, second) = (draws.index(below: 60), draws.index(below: 60))
    let thousandths = draws.index(below: 1_000)
    return String(Double(hour * 10_000 + minute * 100 + second) + Double(thousandths) / 1_000)
  }

  /// Moves one finding to the other side of certainty.
  private static func changed(
    _ findings: StudyFindings, draws: inout PhantomDraws
  ) -> StudyFindings {
    var changed = findings
    let mentioned = Finding.allCases.filter { $0 != .noFinding && findings[$0] != .unmentioned }
    guard !mentioned.isEmpty else { return findings }
    let finding = draws.pick(mentioned)
    changed[finding] = findings[finding] == .positive ? .uncertain : .unmentioned
    return changed
  }

  private static func radiographs(
    isPortable: Bool, count: Int, patient: Int, study: Int, seed: UInt64,
    plan: QuirkPlan<MIMICQuirk>
  ) -> [MIMICRadiograph] {
    var radiographs: [MIMICRadiograph] = []
    for number in 0..<count {
      let unit = study * 10 + number
      let index = patient * 1_000 + unit
      let quirks = plan.quirks(MIMICQuirk.ofRadiographs, patient: patient, unit: unit)
      // The last radiograph of the study may be the first one again.
      if number > 0, number == count - 1, plan.copiesFirst(patient: patient, study: study) {
        radiographs.append(MIMICRadiograph(copyOf: radiographs[0], index: index, seed: seed))
        continue
      }
      radiographs.append(
        MIMICRadiograph(
          projection: isPortable ? .ap : number % 3 == 0 ? .pa : .lateral, index: index,
          seed: seed, quirks: quirks))
    }
    return radiographs.sorted { $0.dicomID < $1.dicomID }
  }
}

extension QuirkPlan<MIMICQuirk> {
  /// Whether a study ends with a copy of its first radiograph.
  func copiesFirst(patient: Int, study: Int) -> Bool {
    !quirks([.radiographTwice], patient: patient, unit: study).isEmpty
  }
}
