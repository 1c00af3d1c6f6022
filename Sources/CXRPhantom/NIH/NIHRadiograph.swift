// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A simulated radiograph: everything that the two metadata releases say of it.
struct NIHRadiograph: Sendable {
  let patient: NIHPatient
  /// The number in the file name, from 0.
  let fileNumber: Int
  /// The number that the 2020 release gives it among the patient's radiographs.
  let followUp2020: Int
  let view: View
  let detector: PhantomDetector
  /// The labels of the 2020 release, in alphabetical order; never empty.
  let labels2020: [NIHLabel]
  /// The labels of the 2017 release, in alphabetical order; never empty.
  let labels2017: [NIHLabel]
  /// The age that the 2020 release records, in whole years.
  let ageYears: Int
  /// The age as the 2017 release writes it, such as `058Y`.
  let age2017: String

  init(patient: NIHPatient, fileNumber: Int, seed: UInt64) {
    let index = Self.index(patient: patient.number, fileNumber: fileNumber)
    let stream = RandomStream(seed: seed, purpose: "phantom.radiograph", index: index)
    self.patient = patient
    self.fileNumber = fileNumber
    followUp2020 =
      (fileNumber - patient.movedCount + patient.radiographCount) % patient.radiographCount
    let effort = 0.5 * patient.severity + 0.75.squareRoot() * stream.normal(at: 2)
    view = normalShare(below: effort) > 0.73 ? .ap : .pa
    detector = PhantomDetector.choose(share: stream.unit(at: 0), view: view)
    // About one more year every third radiograph.
    ageYears = min(patient.firstAgeYears + followUp2020 / 3, 95)
    let exemplar = fileNumber == 0 ? NIHPatient.Exemplar(rawValue: patient.number) : nil
    age2017 =
      switch exemplar {
      case .ageTooHigh: "412Y"
      case .ageInDays where ageYears == 0: "001D"
      case .ageInMonths where ageYears == 0: "004M"
      default: Self.age2017(ageYears: ageYears, stream: stream)
      }
    let labels = Self.labels(patient: patient, view: view, index: index, seed: seed)
    labels2020 = labels
    // The 2020 release corrected a few rows, mostly by adding a label.
    let isCorrected = stream.unit(at: 1) < 0.003 && labels != [.noFinding]
    if exemplar == .labelsDiffer {
      labels2017 = labels == [.infiltration] ? [.noFinding] : [.infiltration]
    } else {
      labels2017 = isCorrected ? Self.orNoFinding(Array(labels.dropLast())) : labels
    }
  }

  /// The key of the radiograph's random streams; it does not depend on the number of patients.
  var index: Int { Self.index(patient: patient.number, fileNumber: fileNumber) }

  /// The name of the image file.
  var name: String { "\(patient.number.padded(to: 8))_\(fileNumber.padded(to: 3)).png" }

  private static func index(patient: Int, fileNumber: Int) -> Int { patient * 1_000 + fileNumber }

  private static func orNoFinding(_ labels: [NIHLabel]) -> [NIHLabel] {
    labels.isEmpty ? [.noFinding] : labels
  }

  /// Draws the abnormalities: a threshold on the sum of illness, habit and chance.
  ///
  /// All three have unit variance together, so each label has the share that it is given.
  private static func labels(
    patient: NIHPatient, view: View, index: Int, seed: UInt64
  ) -> [NIHLabel] {
    let habit = RandomStream(seed: seed, purpose: "phantom.habit", index: patient.number)
    let chance = RandomStream(seed: seed, purpose: "phantom.finding", index: index)
    let illness = 0.1 * patient.severity + 0.5 * chance.normal(at: NIHLabel.allCases.count)
    let found = NIHLabel.abnormalities.filter { label in
      let tendency =
        illness + 0.5 * habit.normal(at: label.position)
        + 0.49.squareRoot() * chance.normal(at: label.position)
      return normalShare(below: tendency) > 1 - (view == .pa ? label.rate.pa : label.rate.ap)
    }
    return orNoFinding(found)
  }

  /// Writes an age with the habits of the 2017 release: often a year more, infants in months or
  /// days, and a few ages that nobody has.
  private static func age2017(ageYears: Int, stream: RandomStream) -> String {
    guard ageYears > 0 else {
      let months = stream.index(at: 6, below: 12)
      return months == 0 ? "001D" : months.padded(to: 3) + "M"
    }
    if stream.unit(at: 7) < 0.001 { return (ageYears > 50 ? 412 : 150).padded(to: 3) + "Y" }
    return (ageYears + (stream.unit(at: 8) < 0.24 ? 1 : 0)).padded(to: 3) + "Y"
  }
}
