// SPDX-License-Identifier: Apache-2.0

/// A simulated dataset in the layout of NIH ChestX-ray14: metadata and two models' predictions.
///
///     NIHPhantom(patientCount: 2_000, seed: 7).text(of: .dataEntry2020)
///
/// Headers, line ends, order and quirks are those of the official files; no row is copied from
/// them. Shares of labels, sexes, ages and views are near the real ones. Everything is a pure function of
/// the seed, and patient *k* is the same however many patients there are.
public struct NIHPhantom: Sendable {
  /// The number of patients.
  public let patientCount: Int
  /// The seed of every draw.
  public let seed: UInt64
  /// The radiographs in the order of their file names.
  let radiographs: [NIHRadiograph]

  /// Draws the patients and their radiographs.
  ///
  /// - Parameters:
  ///   - patientCount: The number of patients; the official file has 30,805.
  ///   - seed: The seed of every draw.
  /// - Precondition: `patientCount` is at least 1 and has at most eight digits.
  /// - Complexity: O(*n*) for *n* radiographs, about 3.3 a patient.
  public init(patientCount: Int = 2_000, seed: UInt64 = 7) {
    precondition(
      (1...99_999_999).contains(patientCount), "a phantom has 1 to 99,999,999 patients")
    self.patientCount = patientCount
    self.seed = seed
    radiographs = (1...patientCount).flatMap { number in
      let patient = NIHPatient(number: number, seed: seed)
      return (0..<patient.radiographCount).map {
        NIHRadiograph(patient: patient, fileNumber: $0, seed: seed)
      }
    }
  }

  /// Draws as many patients and radiographs as the publishers count: 30,805 and 112,120.
  ///
  /// The numbers of radiographs of a few patients differ by one from those of
  /// ``init(patientCount:seed:)``, so that they add up.
  ///
  /// - Parameter seed: The seed of every draw.
  /// - Complexity: O(*n*) for *n* radiographs.
  /// - SeeAlso: Wang et al., *CVPR* 2017, <https://doi.org/10.1109/CVPR.2017.369>.
  public init(publishedSizeWithSeed seed: UInt64) {
    patientCount = 30_805
    self.seed = seed
    var counts = (1...patientCount).map {
      UInt8(NIHPatient(number: $0, seed: seed).radiographCount)
    }
    StagePlan.fit(&counts, to: PhantomDataset.nih.publishedRadiographCount, maximum: 184)
    radiographs = counts.enumerated().flatMap { index, count in
      let patient = NIHPatient(number: index + 1, seed: seed, radiographCount: Int(count))
      return (0..<patient.radiographCount).map {
        NIHRadiograph(patient: patient, fileNumber: $0, seed: seed)
      }
    }
  }

  /// The number of radiographs.
  public var radiographCount: Int { radiographs.count }
}
