// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How many studies each patient has and how many radiographs each study.
///
/// Iller patients have more studies. Without totals the counts of a patient depend on nobody
/// else. With totals – the published ones – a few counts, spread over the dataset, are raised or
/// lowered by one until they add up.
struct StagePlan {
  /// The number of radiographs of every study, patient by patient.
  private let radiographCounts: [UInt8]
  /// Where each patient's studies begin in `radiographCounts`; one more than there are patients.
  private let firstStudies: [Int32]

  /// The largest number of studies of one patient.
  static let maximumStudyCount = 99

  /// Plans the studies of patients 0 ..< `patientCount`.
  ///
  /// - Parameters:
  ///   - patientCount: The number of patients.
  ///   - studyTotal: The number of studies to reach, or `nil` for what is drawn.
  ///   - radiographTotal: The number of radiographs to reach, or `nil` for what is drawn.
  ///   - studyCount: The drawn number of studies of a patient.
  ///   - radiographCount: The drawn number of radiographs of a patient's study.
  init(
    patientCount: Int, studyTotal: Int?, radiographTotal: Int?, studyCount: (Int) -> Int,
    radiographCount: (_ patient: Int, _ study: Int) -> Int
  ) {
    var studyCounts = (0..<patientCount).map {
      UInt8(min(max(studyCount($0), 1), Self.maximumStudyCount))
    }
    if let studyTotal {
      Self.fit(&studyCounts, to: studyTotal, maximum: UInt8(Self.maximumStudyCount))
    }
    var counts: [UInt8] = []
    var firsts: [Int32] = [0]
    for (patient, studies) in studyCounts.enumerated() {
      for study in 0..<Int(studies) {
        counts.append(UInt8(clamping: max(radiographCount(patient, study), 1)))
      }
      firsts.append(Int32(counts.count))
    }
    if let radiographTotal { Self.fit(&counts, to: radiographTotal, maximum: 9) }
    radiographCounts = counts
    firstStudies = firsts
  }

  /// The numbers of radiographs of a patient's studies.
  func radiographCounts(ofPatient patient: Int) -> [Int] {
    radiographCounts[Int(firstStudies[patient])..<Int(firstStudies[patient + 1])].map(Int.init)
  }

  /// Raises or lowers counts by one, at even distances, until they add up to a total.
  static func fit(_ counts: inout [UInt8], to total: Int, maximum: UInt8) {
    var missing = total - counts.reduce(0) { $0 + Int($1) }
    while missing != 0 {
      let step = missing.signum()
      let open = counts.indices.filter { step > 0 ? counts[$0] < maximum : counts[$0] > 1 }
      precondition(!open.isEmpty, "the total cannot be reached")
      let changes = min(open.count, missing.magnitude == 0 ? 0 : Int(missing.magnitude))
      for change in 0..<changes {
        let index = open[change * open.count / changes]
        counts[index] = UInt8(Int(counts[index]) + step)
      }
      missing -= step * changes
    }
  }
}

extension PhantomDraws {
  /// A count of studies: one for most, many for a few, the more the iller the patient.
  mutating func studyCount(severity: Double, spread: Double, shift: Double) -> Int {
    1 + Int(exp(spread * (0.6 * severity + 0.8 * normal()) + shift))
  }
}
