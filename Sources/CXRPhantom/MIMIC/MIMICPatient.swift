// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A simulated patient of MIMIC-CXR and MIMIC-IV.
struct MIMICPatient {
  /// An admission: what it says of the race, and the group that stands for.
  struct Admission {
    let identifier: Int
    let day: PlainDate
    let raceText: String
    let group: Race?
  }

  /// The parts of the official split.
  enum Part: String { case train, validate, test }

  /// The number of the patient, from 1.
  let number: Int
  let person: PhantomPerson
  let part: Part
  let anchorAge: Int
  let anchorYear: Int
  /// The day of the first study.
  let firstDay: PlainDate
  /// The patient's admissions; none for somebody who was only seen in the emergency department.
  let admissions: [Admission]
  let quirks: Set<MIMICQuirk>

  init(number: Int, seed: UInt64, plan: QuirkPlan<MIMICQuirk>, layout: PhantomLayout.MIMICIV) {
    var draws = PhantomDraws(seed: seed, purpose: "phantom.mimic.patient", index: number)
    self.number = number
    quirks = plan.quirks(MIMICQuirk.ofPatients, patient: number)
    let person = PhantomPerson(draws: &draws, population: .boston)
    self.person = person
    part = Self.part(of: number, share: draws.unit())
    anchorYear = draws.number(in: 2_110...2_190)
    // Before the quirks have their say, a study lies up to six years behind the anchor.
    let drawnYears = draws.number(in: 0...6)
    let years =
      quirks.contains(.ageNegative)
      ? -25 : quirks.contains(.studyBeforeAnchorYear) ? -2 : drawnYears
    let drawnAge = min(max(person.firstAgeYears - drawnYears, 18), 89)
    anchorAge =
      quirks.contains(.ageNegative) ? 18 : quirks.contains(.ageTopCoded) ? 91 : drawnAge
    firstDay = PlainDate(year: anchorYear + years, dayOfYear: draws.index(below: 336))
    admissions = Self.admissions(
      number: number, person: person, quirks: quirks, firstDay: firstDay, layout: layout,
      draws: &draws)
  }

  /// The eight digits that begin with 1.
  var subjectID: Int { Self.subjectID(of: number) }

  static func subjectID(of number: Int) -> Int { 10_000_000 + IdentifierCode.scattered(number) }

  /// The folder of the patient's studies, such as `files/p12/p12345678`.
  var folder: String { "files/p\(subjectID / 1_000_000)/p\(subjectID)" }

  /// The age at a study as the tables give it: at most 91, `nil` when it would be negative or when
  /// MIMIC-IV does not know the patient.
  func ageYears(at day: PlainDate) -> Double? {
    guard !quirks.contains(.patientNotInMIMICIV) else { return nil }
    let age = anchorAge + day.year - anchorYear
    return age < 0 ? nil : Double(min(age, 91))
  }

  /// The sex that the tables give.
  var recordedSex: Sex? { quirks.contains(.patientNotInMIMICIV) ? nil : person.sex }

  /// The race group that the admissions agree on.
  var recordedRace: Race? {
    let groups = Set(admissions.compactMap(\.group))
    return groups.count == 1 ? groups.first : nil
  }

  /// The groups of three years into which the hidden real years fall.
  var anchorYearGroup: String {
    ["2008 - 2010", "2011 - 2013", "2014 - 2016", "2017 - 2019", "2020 - 2022"][number % 5]
  }

  /// A few patients of low number make sure that small phantoms have all three parts.
  private static func part(of number: Int, share: Double) -> Part {
    if number <= 200, number % 10 == 4 { return .test }
    if number <= 200, number % 10 == 5 { return .validate }
    return share < 0.0045 ? .test : share < 0.0121 ? .validate : .train
  }

  private static func admissions(
    number: Int, person: PhantomPerson, quirks: Set<MIMICQuirk>, firstDay: PlainDate,
    layout: PhantomLayout.MIMICIV, draws: inout PhantomDraws
  ) -> [Admission] {
    guard quirks.isDisjoint(with: [.patientNotInMIMICIV, .patientWithoutAdmission]) else {
      return []
    }
    var groups: [Race?] = Array(repeating: person.race, count: draws.number(in: 1...3))
    if quirks.contains(.racesConflict) {
      groups = [person.race ?? .white, person.race == .black ? .white : .black]
    } else if quirks.contains(.raceBesideUnknown) {
      groups = [nil, person.race ?? .white]
    }
    // A patient without a group has one word for it; others keep theirs as well.
    let firstTexts = groups.map { MIMICRace.text(of: $0, layout: layout, draws: &draws) }
    return groups.indices.map { index in
      let former = groups.firstIndex(of: groups[index]) ?? index
      return Admission(
        identifier: 20_000_000 + IdentifierCode.scattered(number * 10 + index),
        day: PlainDate(dayNumber: firstDay.dayNumber + 40 * index),
        raceText: firstTexts[former], group: groups[index])
    }
  }
}
