// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore

/// A small made-up dataset.
enum CatalogFixture {
  static let provenance = Provenance(
    verb: "test", commandLine: "cxr test", startedAt: "2026-01-01T00:00:00Z")

  /// Two patients with three radiographs; the first patient has two of them.
  static func content(digest: String = "1") -> DatasetContent {
    var states = FindingStates(allAre: .unannotated)
    states[.edema] = .negative
    states[.fracture] = .unmentioned
    var radiographs = ["a", "b", "c"].enumerated().map { index, name in
      RadiographRecord(
        imageName: "\(name).png", patientIndex: index / 2, view: index == 1 ? .lateral : .pa,
        findings: states)
    }
    radiographs[0].findings[.edema] = .positive
    radiographs[0].nativeLabels = [0, 1]
    radiographs[0].ageYears = 1.0 / 3
    radiographs[1].findings[.edema] = .uncertain
    radiographs[1].studyKey = "s1"
    radiographs[2].ageYears = 81
    return DatasetContent(
      name: "tiny", title: "Tiny", labelSource: "l.csv", ageSource: "a.csv", contentDigest: digest,
      nativeLabels: [
        NativeLabel(name: "Oedema", finding: .edema), NativeLabel(name: "Scar", finding: nil),
      ],
      patients: [
        PatientRecord(patientKey: "p1", sex: .female, race: .asian),
        PatientRecord(patientKey: "p2", sex: nil),
      ],
      radiographs: radiographs,
      boxes: [BoxRecord(imageName: "a.png", label: "Scar", x: 1, y: 2, width: 3, height: 4)])
  }

  static func catalog() throws -> Catalog {
    let catalog = try Catalog.inMemory()
    _ = try catalog.replaceDataset(content(), provenance: provenance)
    return catalog
  }

  static func run(
    _ catalog: Catalog, scores: [String: Double], digest: String = "1"
  ) throws -> PredictionRunContent {
    let ids = try catalog.radiographIDs(dataset: "tiny")
    let images = scores.keys.sorted()
    return PredictionRunContent(
      model: "m", fileName: "m.csv", sha256: String(repeating: "0", count: 64),
      contentDigest: digest, radiographIDs: images.compactMap { ids[$0] }, unknownImageCount: 0,
      columns: [
        .init(label: "Edema", sourceColumn: "prob_Edema", scores: images.compactMap { scores[$0] })
      ])
  }
}
