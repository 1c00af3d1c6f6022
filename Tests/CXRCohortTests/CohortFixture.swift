// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore

/// A made-up dataset of eight radiographs of four patients.
enum CohortFixture {
  static let provenance = Provenance(
    verb: "test", commandLine: "cxr test", startedAt: "2026-01-01T00:00:00Z")

  /// One line a radiograph: patient, view, age, study, impression, pediatric.
  private static let lines:
    [(patient: Int, view: View, age: Double?, study: String, impression: String?)] = [
      (0, .pa, 17, "s1", "Clear lungs."), (0, .pa, 18, "s2", "As above."),
      (0, .lateral, 18, "s2", "As above."), (1, .pa, 40, "s3", "Edema."),
      (1, .ap, 40, "s3", "Edema."), (2, .pa, nil, "s4", nil), (3, .pa, 90, "s5", "Unchanged."),
      (3, .pa, 89, "s6", "Effusion."),
    ]

  static func content(
    name: String = "tiny", digest: String = "1", omitting omitted: Int? = nil
  ) -> DatasetContent {
    let patients = [
      PatientRecord(patientKey: "p0", sex: .female, race: .asian),
      PatientRecord(patientKey: "p1", sex: .male, race: .white),
      PatientRecord(patientKey: "p2", sex: .female, race: .black),
      PatientRecord(patientKey: "p3", sex: nil, race: nil),
    ]
    var radiographs: [RadiographRecord] = []
    for (index, line) in lines.enumerated() where index != omitted {
      var states = FindingStates(allAre: .unannotated)
      states[.edema] = index == 3 ? .positive : index == 4 ? .uncertain : .negative
      states[.noFinding] = index == 0 ? .positive : .unmentioned
      var radiograph = RadiographRecord(
        imageName: "\(index).png", patientIndex: line.patient, view: line.view,
        viewSource: index == 7 ? .inferred : .declared, findings: states)
      radiograph.ageYears = line.age
      radiograph.studyKey = line.study
      radiograph.followUpNumber = 10 - index
      radiograph.attributes = [
        RadiographAttribute(name: "pediatric", value: index == 0 ? "Yes" : "No")
      ]
      radiographs.append(radiograph)
    }
    var content = DatasetContent(
      name: name, title: "Tiny", labelSource: "l.csv", ageSource: "a.csv", contentDigest: digest,
      nativeLabels: [], patients: patients, radiographs: radiographs,
      splits: [
        SplitContent(
          name: "official", method: "imported", seed: nil, detail: "",
          partByImageName: Dictionary(
            uniqueKeysWithValues: lines.indices.filter { $0 != omitted }
              .map { ("\($0).png", lines[$0].patient < 2 ? "train" : "test") }))
      ])
    var studies: Set<String> = []
    content.reports = lines.compactMap { line in
      guard let impression = line.impression, studies.insert(line.study).inserted else {
        return nil
      }
      return ReportRecord(
        patientIndex: line.patient, studyKey: line.study,
        sections: [ReportRecord.Section(name: "impression", text: impression)])
    }
    return content
  }

  static func catalog(datasets: [String] = ["tiny"]) throws -> Catalog {
    let catalog = try Catalog.inMemory()
    for name in datasets {
      var provenance = provenance
      provenance.recordsRead = 10
      provenance.recordsKept = 8
      provenance.flow = [
        Provenance.FlowStep("records read", 10), Provenance.FlowStep("dropped: ragged row", 2),
      ]
      _ = try catalog.replaceDataset(content(name: name), provenance: provenance)
    }
    return catalog
  }

  /// The image numbers of a cohort's members.
  static func images(_ yaml: String, in catalog: Catalog) throws -> [String] {
    let definition = try CohortDefinition(yaml: yaml, file: "test.yaml")
    let members = Set(
      try CohortMaker(definition).content(from: catalog).radiographIDs)
    return try catalog.datasetNames().flatMap { name in
      try catalog.radiographIDs(dataset: name).filter { members.contains($0.value) }.keys.sorted()
        .map { String($0.prefix(1)) }
    }
  }
}
