// SPDX-License-Identifier: Apache-2.0
import Foundation
internal import CXRCore

/// A simulated image of VinDr-CXR with its readings.
struct VinDrImage {
  /// The parts of the official split.
  enum Part: String { case train, test }

  /// One reader's labels; the test part has one reading, the consensus.
  struct Reading {
    /// Such as `R9`; empty for the consensus.
    let reader: String
    let labels: [VinDrLabel]
  }

  let imageID: String
  /// A number that no other image has.
  let imageNumber: Int
  let part: Part
  let readings: [Reading]
  /// PatientSex and PatientAge as the DICOM header has them.
  let sexText: String
  let ageText: String
  let quirks: Set<VinDrQuirk>
  let person: PhantomPerson

  /// Draws an image.
  ///
  /// - Parameters:
  ///   - number: The number of the image, from 1, within its part.
  ///   - part: The part.
  ///   - seed: The seed of every draw.
  ///   - plan: Decides about the quirks.
  init(number: Int, part: Part, seed: UInt64, plan: QuirkPlan<VinDrQuirk>) {
    // The two parts never share a number, so that each can grow.
    let index = part == .train ? number : number + 500_000
    var draws = PhantomDraws(seed: seed, purpose: "phantom.vindr.image", index: index)
    self.part = part
    imageNumber = index
    imageID = draws.hexDigits(32)
    quirks = plan.quirks(VinDrQuirk.allCases, patient: index)
    let person = PhantomPerson(draws: &draws, population: .vietnam)
    self.person = person
    sexText =
      quirks.contains(.sexOther) ? "O" : quirks.contains(.sexBlank) ? "" : person.sex.rawValue
    ageText =
      quirks.contains(.ageTooHigh)
      ? "238Y"
      : quirks.contains(.ageZero)
        ? "000Y"
        : quirks.contains(.ageBlank) ? "" : person.firstAgeYears.padded(to: 3) + "Y"
    readings = Self.readings(of: person, part: part, draws: &draws)
  }

  /// The sex that the header gives.
  var recordedSex: Sex? { Sex(rawValue: sexText) }

  /// The age that the header gives.
  var recordedAgeYears: Double? {
    ageText == "" || ageText == "000Y" || ageText == "238Y" ? nil : Double(person.firstAgeYears)
  }

  /// The labels that two of three readers gave, or the consensus.
  var majority: [VinDrLabel] {
    VinDrLabel.allCases.filter { votes(for: $0) * 2 > readings.count }
  }

  /// The number of readers who gave a label.
  func votes(for label: VinDrLabel) -> Int { readings.count { $0.labels.contains(label) } }

  /// The states of the findings by the default rule.
  var findings: StudyFindings {
    var findings = VinDrLabel.absent
    for finding in majority.compactMap(\.finding) { findings[finding] = .positive }
    return findings
  }

  private static func readings(
    of person: PhantomPerson, part: Part, draws: inout PhantomDraws
  ) -> [Reading] {
    let ageDeviate = Double(person.firstAgeYears - 50) / 18
    let illness = 0.85 * person.severity + 0.5 * ageDeviate
    let isAbnormal = normalShare(below: illness) > (part == .train ? 0.70 : 0.68)
    let present =
      isAbnormal ? VinDrLabel.allCases.filter { draws.happens($0.rate.share) } : []
    guard part == .train else {
      return [Reading(reader: "", labels: present.isEmpty ? [.noFinding] : present)]
    }
    let chances = present.map { pow(draws.unit(), 1 / $0.rate.plainness) }
    return readers(draws: &draws).map { reader in
      var labels = zip(present, chances).filter { draws.happens($1) }.map(\.0)
      // On an abnormal image every reader finds something.
      if isAbnormal, labels.isEmpty {
        labels = [present.isEmpty ? .otherLesion : draws.pick(present)]
      }
      return Reading(reader: reader, labels: labels.isEmpty ? [.noFinding] : labels)
    }
  }

  /// Three different readers of 17, of whom R8, R9 and R10 read most.
  private static func readers(draws: inout PhantomDraws) -> [String] {
    if draws.happens(0.55) { return ["R8", "R9", "R10"] }
    let first = draws.index(below: 17)
    return [0, 5, 11].map { "R\((first + $0) % 17 + 1)" }
  }
}
