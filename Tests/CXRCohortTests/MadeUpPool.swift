// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore

/// Radiographs of made-up patients, a pure function of the seed.
struct MadeUpPool {
  /// The seed.
  var seed: UInt64 = 1
  /// The number of patients.
  var patientCount = 200
  /// The most radiographs of a patient.
  var largestCount = 6

  /// The radiographs, with identifiers in MIMIC's form; those of even patients have all fields.
  var radiographs: [SplitCandidate] {
    (0..<patientCount).flatMap { patient in
      let stream = RandomStream(seed: seed, purpose: "made-up pool", index: patient)
      let key = String(10_000_000 + stream.index(at: 0, below: 10_000) * 1_000 + patient)
      let isKnown = patient.isMultiple(of: 2)
      return (0...stream.index(at: 1, below: largestCount)).map { image in
        let first = 10 + 20 * image
        let findings = Finding.allCases.enumerated().filter { index, _ in
          stream.unit(at: first + index) < 0.4 / Double(index + 1)
        }
        return SplitCandidate(
          imageName: "\(key)_\(image).png", patientKey: key,
          sex: stream.coin(at: 2) ? .female : .male,
          race: isKnown ? Race.allCases[stream.index(at: 3, below: 4)] : nil,
          ageYears: isKnown ? Double(stream.index(at: 4, below: 95)) : nil,
          view: stream.coin(at: first + 15) ? .pa : .ap,
          positiveFindings: findings.map(\.element),
          officialPart: ["train", "train", "validate", "test"][stream.index(at: 5, below: 4)])
      }
    }
  }

  /// The radiographs by patient.
  var pool: SplitPool { SplitPool(radiographs) }

  /// A catalog that holds the radiographs as dataset `made-up`.
  func catalog() throws -> Catalog {
    let catalog = try Catalog.inMemory()
    let patients = pool.patients
    var records: [RadiographRecord] = []
    for (index, patient) in patients.enumerated() {
      for radiograph in patient.radiographs {
        var states = FindingStates(allAre: .negative)
        for finding in radiograph.positiveFindings { states[finding] = .positive }
        var record = RadiographRecord(
          imageName: radiograph.imageName, patientIndex: index, view: radiograph.view,
          findings: states)
        record.ageYears = radiograph.ageYears
        records.append(record)
      }
    }
    let official = SplitContent(
      name: SplitContent.officialName, method: "lists", seed: nil, detail: "",
      partByImageName: Dictionary(
        uniqueKeysWithValues: radiographs.map { ($0.imageName, $0.officialPart ?? "train") }))
    let content = DatasetContent(
      name: "made-up", title: "Made up", labelSource: "l", ageSource: "a", contentDigest: "1",
      nativeLabels: [],
      patients: patients.map { patient in
        PatientRecord(
          patientKey: patient.key, sex: patient.radiographs[0].sex,
          race: patient.radiographs[0].race)
      },
      radiographs: records, splits: [official])
    _ = try catalog.replaceDataset(content, provenance: Self.provenance)
    return catalog
  }

  static let provenance = Provenance(
    verb: "test", commandLine: "cxr test", startedAt: "2026-01-01T00:00:00Z")
}
