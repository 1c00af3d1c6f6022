// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A simulated patient of PadChest.
struct PadChestPatient {
  let number: Int
  let patientID: String
  let person: PhantomPerson
  let firstYear: Int
  let quirks: Set<PadChestQuirk>
  private let drawnBirthYear: Int

  init(number: Int, seed: UInt64, plan: QuirkPlan<PadChestQuirk>) {
    var draws = PhantomDraws(seed: seed, purpose: "phantom.padchest.patient", index: number)
    self.number = number
    quirks = plan.quirks(PadChestQuirk.ofPatients, patient: number)
    // The digits of a number in front keep identifiers apart whatever is drawn.
    patientID = "7" + number.padded(to: 6) + draws.digits(32)
    person = PhantomPerson(draws: &draws, population: .spain)
    firstYear = draws.number(in: 2_009...2_016)
    let childAge = draws.index(below: 10)
    drawnBirthYear =
      firstYear - (quirks.contains(.pediatric) ? childAge : max(person.firstAgeYears, 1))
  }

  /// The column PatientBirth.
  var birthText: String { birthYear.map { String(Double($0)) } ?? "" }

  private var birthYear: Int? {
    if quirks.contains(.birthBlank) { return nil }
    if quirks.contains(.birthTooEarly) { return 1_880 }
    return quirks.contains(.birthAfterStudy) ? 2_030 : drawnBirthYear
  }

  /// The column PatientSex_DICOM.
  var sexText: String {
    if quirks.contains(.sexOther) { return "O" }
    if quirks.contains(.sexNone) { return "None" }
    return quirks.contains(.sexBlank) ? "" : person.sex.rawValue
  }

  /// The sex that the table gives.
  var recordedSex: Sex? { Sex(rawValue: sexText) }

  /// The age at a study that the table gives; `nil` without a birth or outside 0 to 110.
  func ageYears(at day: PlainDate) -> Double? {
    guard let birthYear, (0...110).contains(day.year - birthYear) else { return nil }
    return Double(day.year - birthYear)
  }

  /// The age at a study in truth.
  func trueAgeYears(at day: PlainDate) -> Int { day.year - drawnBirthYear }
}
