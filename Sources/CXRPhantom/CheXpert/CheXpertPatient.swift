// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A simulated patient of CheXpert.
struct CheXpertPatient {
  /// The parts of the official split.
  enum Part: String { case train, valid }

  /// The number in the patient's name.
  let number: Int
  let part: Part
  let person: PhantomPerson
  /// The words of the demographics, and the race group that they stand for.
  let race: CheXpertRace
  private let group: Race?
  let quirks: Set<CheXpertQuirk>

  init(number: Int, part: Part, seed: UInt64, plan: QuirkPlan<CheXpertQuirk>) {
    var draws = PhantomDraws(seed: seed, purpose: "phantom.chexpert.patient", index: number)
    self.number = number
    self.part = part
    person = PhantomPerson(draws: &draws, population: .california)
    quirks = plan.quirks(CheXpertQuirk.ofPatients, patient: number)
    group =
      quirks.contains(.raceBlank)
      ? nil : quirks.contains(.hispanicInRaceOnly) ? .hispanic : person.race
    race =
      quirks.contains(.raceBlank)
      ? .blank
      : quirks.contains(.hispanicInRaceOnly)
        ? .hispanicInRaceOnly : CheXpertRace.draw(for: person.race, draws: &draws)
  }

  /// Such as `patient00001`.
  var name: String { "patient" + number.padded(to: 5) }

  /// The sex as the tables write it.
  var sexText: String {
    quirks.contains(.sexUnknown) ? "Unknown" : person.sex == .male ? "Male" : "Female"
  }

  /// The sex that the tables give.
  var recordedSex: Sex? { quirks.contains(.sexUnknown) ? nil : person.sex }

  /// The race group that the demographics give.
  var recordedRace: Race? { quirks.contains(.notInDemographics) ? nil : group }

  /// The age at a study as the tables write it: at most 90, 0 for unknown.
  func age(atStudy number: Int) -> Int {
    quirks.contains(.ageZero) ? 0 : min(person.firstAgeYears + number / 4, 90)
  }

  /// The age in years that the tables give.
  func ageYears(atStudy number: Int) -> Double? {
    let age = age(atStudy: number)
    return age == 0 ? nil : Double(age)
  }
}
