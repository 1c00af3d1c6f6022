// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog

/// The radiographs that a split divides, by patient.
///
///     let pool = try SplitPool(catalog, dataset: "nih", cohort: "adults")
///     pool.patients.count  // 27689
public struct SplitPool: Sendable {
  /// A patient with the radiographs that must stay together.
  public struct Patient: Sendable {
    /// The patient's identifier in the dataset.
    public let key: String
    /// The radiographs, in the order in which they were given.
    public let radiographs: [SplitCandidate]
  }

  /// The patients, sorted: by number if all identifiers are numbers, else by text.
  public let patients: [Patient]

  /// Creates a pool.
  ///
  /// - Parameter radiographs: The radiographs, in any order.
  public init(_ radiographs: [SplitCandidate]) {
    let byPatient = Dictionary(grouping: radiographs, by: \.patientKey)
    patients = PatientKey.sorted(byPatient.keys).map {
      Patient(key: $0, radiographs: byPatient[$0] ?? [])
    }
  }

  private init(patients: [Patient]) { self.patients = patients }

  /// Reads the radiographs of a dataset, or of a cohort's members among them.
  ///
  /// - Parameters:
  ///   - catalog: The catalog.
  ///   - dataset: The name of the dataset.
  ///   - cohort: The name of a cohort, if only its members are to be divided.
  /// - Throws: `CatalogError` for an unknown dataset or cohort, or one without radiographs.
  public init(_ catalog: Catalog, dataset: String, cohort: String? = nil) throws {
    self.init(try catalog.splitCandidates(dataset: dataset, cohort: cohort))
  }

  /// The number of radiographs.
  public var radiographCount: Int { patients.reduce(0) { $0 + $1.radiographs.count } }

  /// The pool of the patients whose radiographs are in a part of a split.
  ///
  /// - Parameters:
  ///   - part: The name of the part.
  ///   - split: The split.
  /// - Returns: The radiographs of the part.
  func part(_ part: String, of split: SplitContent) -> SplitPool {
    SplitPool(
      patients.flatMap(\.radiographs).filter { split.partByImageName[$0.imageName] == part })
  }

  /// The pool in which patients who share a picture are one, under the first one's identifier.
  ///
  /// Which pictures are the same, `cxr images dedupe --mark` has told the catalog.
  ///
  /// - Returns: The pool, in the same order.
  /// - Complexity: O(*n*) for *n* radiographs.
  func joiningDuplicates() -> SplitPool {
    var leaders = Array(patients.indices)
    func leader(_ patient: Int) -> Int {
      var patient = patient
      while leaders[patient] != patient { patient = leaders[patient] }
      return patient
    }
    var firstByDigest: [String: Int] = [:]
    for (patient, radiographs) in patients.map(\.radiographs).enumerated() {
      for digest in radiographs.compactMap(\.pixelDigest) {
        let (own, other) = (leader(patient), leader(firstByDigest[digest] ?? patient))
        leaders[max(own, other)] = min(own, other)
        firstByDigest[digest] = min(own, other)
      }
    }
    guard !firstByDigest.isEmpty else { return self }
    let groups = Dictionary(grouping: patients.indices, by: leader)
    return SplitPool(
      patients: groups.sorted { $0.key < $1.key }.map { first, members in
        Patient(key: patients[first].key, radiographs: members.flatMap { patients[$0].radiographs })
      })
  }

  /// Gives every image the part of its patient.
  func partByImageName(_ partByPatient: [String: String]) -> [String: String] {
    var parts: [String: String] = [:]
    for patient in patients {
      guard let part = partByPatient[patient.key] else { continue }
      for radiograph in patient.radiographs { parts[radiograph.imageName] = part }
    }
    return parts
  }
}
