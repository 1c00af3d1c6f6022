// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog

/// Divides the patients of MIMIC-CXR by the folders in which their images lie.
struct MIMICFolders {
  private let pool: SplitPool
  private let seed: UInt32

  /// Takes the patients.
  ///
  /// - Throws: ``SplitError`` with code `.unsuitableDataset` unless all of them have identifiers of
  ///   eight digits that begin with 1.
  init(_ pool: SplitPool, seed: UInt32) throws(SplitError) {
    let strangers = pool.patients.count { $0.key.wholeMatch(of: /1\d{7}/) == nil }
    guard strangers == 0 else {
      throw SplitError(
        .unsuitableDataset,
        "\(strangers) of \(pool.patients.count) patients have no identifier of MIMIC's form, from "
          + "which the folder follows; choose another --method.")
    }
    self.pool = pool
    self.seed = seed
  }

  /// The folder of a patient, such as `p19`.
  private static func folder(_ key: String) -> String { "p" + key.prefix(2) }

  func partByPatient(
    test folders: Set<String>, _ validation: DivisionMethod.FolderValidation
  ) throws(SplitError) -> [String: String] {
    var parts: [String: String] = [:]
    for patient in pool.patients {
      parts[patient.key] = folders.contains(Self.folder(patient.key)) ? "test" : "train"
    }
    let others = pool.patients.filter { parts[$0.key] == "train" }
    for key in try validationPatients(among: others, validation) { parts[key] = "val" }
    return parts
  }

  private func validationPatients(
    among patients: [SplitPool.Patient], _ validation: DivisionMethod.FolderValidation
  ) throws(SplitError) -> [String] {
    switch validation {
    case .none: return []
    case .share(let share):
      guard share > 0, share < 1 else {
        throw SplitError(.invalidOption, "The share that validates must lie between 0 and 1.")
      }
      let count = Int((share * Double(patients.count)).rounded())
      return Array(PatientKey.shuffled(patients.map(\.key), seed: seed).prefix(count))
    case .official:
      guard pool.patients.contains(where: { $0.radiographs.contains { $0.officialPart != nil } })
      else {
        throw SplitError(
          .unsuitableDataset,
          "The dataset has no official split; ingest its list, or validate on a share.")
      }
      return patients.filter { patient in
        patient.radiographs.contains { $0.officialPart.map { $0 != "train" } ?? false }
      }.map(\.key)
    }
  }
}
