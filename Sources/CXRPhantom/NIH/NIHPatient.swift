// SPDX-License-Identifier: Apache-2.0
import Foundation
internal import CXRCore

/// A simulated patient: who they are, how ill they are, and which part of the data they are in.
struct NIHPatient: Sendable {
  /// The number of the patient, from 1.
  let number: Int
  let sex: Sex
  /// The age at the first radiograph, in whole years.
  let firstAgeYears: Int
  /// How ill the patient is: a standard normal deviate.
  let severity: Double
  let radiographCount: Int
  /// Whether the official lists put the patient into the test part.
  let isTest: Bool
  /// How many radiographs, from the first, the 2020 release moves behind the others.
  let movedCount: Int

  /// Draws a patient.
  ///
  /// - Parameters:
  ///   - number: The number of the patient, from 1.
  ///   - seed: The seed of every draw.
  ///   - fixed: The number of radiographs; `nil` to draw it.
  init(number: Int, seed: UInt64, radiographCount fixed: Int? = nil) {
    let stream = RandomStream(seed: seed, purpose: "phantom.patient", index: number)
    self.number = number
    sex = stream.unit(at: 0) < 0.54 ? .male : .female
    firstAgeYears =
      Exemplar(rawValue: number)?.isInfant == true ? 0 : Self.age(atShare: stream.unit(at: 1))
    isTest = stream.unit(at: 2) < 0.228
    severity = stream.normal(at: 2)
    // The more ill, the more often radiographed: half of the patients once, a few very often.
    let expected = exp(1.5 * (0.6 * severity + 0.8 * stream.normal(at: 3)) - 0.1)
    radiographCount = fixed ?? 1 + min(Int(expected), 99)
    movedCount = radiographCount > 2 && stream.unit(at: 3) < 0.1 ? 1 : 0
  }

  /// Patients whose first radiograph shows a rare habit of the 2017 release in every phantom.
  enum Exemplar: Int {
    case ageTooHigh = 11
    case ageInDays
    case ageInMonths
    case labelsDiffer

    /// Whether the patient is below one year of age.
    var isInfant: Bool { self == .ageInDays || self == .ageInMonths }
  }

  /// The age below which a share of the patients lies: straight lines between published shares.
  private static func age(atShare share: Double) -> Int {
    let knots = [(0.0, 0.0), (0.048, 18), (0.325, 40), (0.764, 60), (0.991, 80), (1, 95)]
    for (lower, upper) in zip(knots, knots.dropFirst()) where share < upper.0 {
      return Int(lower.1 + (upper.1 - lower.1) * (share - lower.0) / (upper.0 - lower.0))
    }
    return 95
  }
}
