// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore
import Testing

@Suite("Cohort maker")
struct CohortMakerTests {
  private let catalog: Catalog

  init() throws { catalog = try CohortFixture.catalog() }

  @Test(
    "Each rule lets in what it says",
    arguments: [
      ("", "01234567"), ("views: [PA]", "013567"), ("viewSources: [inferred]", "7"),
      ("split: {name: official, part: test}", "567"), ("attributes: {pediatric: No}", "1234567"),
      ("require: [sex]", "012345"), ("require: [age]", "0123467"), ("require: [race]", "012345"),
      ("require: [impression]", "0123467"), ("require: [findings]", ""), ("sex: [female]", "0125"),
      ("age: {min: 18}", "123467"), ("age: {max: 90}", "012347"), ("race: [Asian, White]", "01234"),
      ("having: {Edema: [positive, uncertain]}", "34"),
      ("one: {per: patient, choose: first-name}", "0356"),
      ("one: {per: patient, choose: first-acquired}", "2457"),
      ("one: {per: study, choose: first-name}", "013567"),
    ])
  func rules(_ criteria: String, _ expected: String) throws {
    let images = try CohortFixture.images("name: n\ndatasets: [tiny]\n" + criteria, in: catalog)
    #expect(images.joined() == expected)
  }

  @Test("A radiograph counts for the first rule that removes it, and the counts add up")
  func steps() throws {
    let definition = try CohortDefinition(
      yaml: """
        name: n
        datasets: [tiny]
        one: {per: patient, choose: first-acquired}
        age: {min: 18}
        views: [PA]
        """, file: "f")
    let steps = try CohortMaker(definition).content(from: catalog).steps
    #expect(
      steps.map(\.name) == [
        "in the catalog", "view is not PA", "age unknown", "age below 18",
        "another radiograph of the patient was taken (first acquired)", "in the cohort",
      ])
    #expect(steps.map(\.radiographCount) == [8, 2, 1, 1, 1, 3])
    #expect(steps.map(\.patientCount) == [4, 0, 1, 0, 0, 3])
    #expect(steps.map(\.studyCount) == [6, 0, 1, 1, 1, 3])
  }

  @Test("An impression is judged by the rule of the definition, reason by reason")
  func impressions() throws {
    let yaml = "name: n\ndatasets: [tiny]\ndescriptiveImpression: true\n"
    #expect(try CohortFixture.images(yaml, in: catalog).joined() == "0347")
    let definition = try CohortDefinition(yaml: yaml, file: "f")
    let steps = try CohortMaker(definition).content(from: catalog).steps
    #expect(
      steps.filter { $0.kind == .excluded }.map(\.name) == [
        "no impression in the report", "impression not descriptive: as above",
        "impression not descriptive: unchanged only",
      ])
    let lax = "name: n\ndatasets: [tiny]\nrequire: [impression]\ndescriptiveImpression: false\n"
    #expect(try CohortFixture.images(lax, in: catalog).joined() == "0123467")
  }

  @Test("A random choice depends on seed and names only, not on what else is removed")
  func randomChoice() throws {
    let choice = "one: {per: patient, choose: random, seed: 3}\n"
    let all = try CohortFixture.images("name: n\ndatasets: [tiny]\n" + choice, in: catalog)
    let two = try CohortFixture.catalog(datasets: ["another", "tiny"])
    let among = try CohortFixture.images("name: n\ndatasets: [tiny]\n" + choice, in: two)
    #expect(all == among)
    #expect(all.count == 4)
    let seeds = try (0..<20).map { seed in
      try CohortFixture.images(
        "name: n\ndatasets: [tiny]\none: {per: patient, choose: random, seed: \(seed)}", in: catalog
      )
    }
    #expect(Set(seeds).count > 3)
  }

  @Test("The same definition on the same data changes nothing; another one needs --replace")
  func storing() throws {
    let first = try CohortMaker(
      CohortDefinition(yaml: "name: n\ndatasets: [tiny]\nviews: [PA]", file: "f")
    ).content(from: catalog)
    #expect(try catalog.addCohort(first, provenance: CohortFixture.provenance) == .created)
    #expect(try catalog.addCohort(first, provenance: CohortFixture.provenance) == .unchanged)
    let other = try CohortMaker(
      CohortDefinition(yaml: "name: n\ndatasets: [tiny]\nviews: [AP]", file: "f")
    ).content(from: catalog)
    let error = #expect(throws: CatalogError.self) {
      try catalog.addCohort(other, provenance: CohortFixture.provenance)
    }
    #expect(error?.code == .conflict)
    let outcome = try catalog.addCohort(
      other, onConflict: .replace, provenance: CohortFixture.provenance)
    #expect(outcome == .updated)
    let info = try catalog.cohort("n")
    #expect(info.radiographCount == 1 && info.patientCount == 1)
    #expect(info.steps == other.steps)
    #expect(try catalog.cohorts() == [info])
    try catalog.removeCohort("n")
    #expect(try catalog.cohorts().isEmpty)
    #expect(throws: CatalogError.self) { try catalog.cohort("n") }
  }

  @Test("Members stay members when a dataset is read again, and go with their radiograph")
  func readingAgain() throws {
    let definition = try CohortDefinition(yaml: "name: n\ndatasets: [tiny]", file: "f")
    let content = try CohortMaker(definition).content(from: catalog)
    _ = try catalog.addCohort(content, provenance: CohortFixture.provenance)
    _ = try catalog.replaceDataset(
      CohortFixture.content(digest: "2"), provenance: CohortFixture.provenance)
    #expect(try catalog.radiographIDs(cohort: "n") == content.radiographIDs)
    _ = try catalog.replaceDataset(
      CohortFixture.content(digest: "3", omitting: 7), onConflict: .replace,
      provenance: CohortFixture.provenance)
    #expect(try catalog.cohort("n").radiographCount == 7)
    let flow = try CohortFlow(catalog.cohort("n"), catalog: catalog)
    #expect(flow.notes.first?.hasPrefix("1 of the radiographs kept have left") == true)
    // The stored members no longer are what the digest promises.
    let error = #expect(throws: CatalogError.self) {
      try catalog.addCohort(content, provenance: CohortFixture.provenance)
    }
    #expect(error?.code == .conflict)
  }

  @Test("A cohort is outdated once a dataset of it is read anew, until it is drawn up again")
  func outdated() throws {
    let catalog = try CohortFixture.catalog(datasets: ["a", "b", "c"])
    let maker = CohortMaker(
      try CohortDefinition(yaml: "name: n\ndatasets: [a, b]\nage: {min: 18}", file: "f"))
    func store(_ policy: ConflictPolicy = .refuse) throws -> WriteOutcome {
      try catalog.addCohort(
        maker.content(from: catalog), onConflict: policy, provenance: CohortFixture.provenance)
    }
    func read(_ name: String, digest: String, omitting omitted: Int? = nil) throws {
      _ = try catalog.replaceDataset(
        CohortFixture.content(name: name, digest: digest, omitting: omitted), onConflict: .replace,
        provenance: CohortFixture.provenance)
    }
    #expect(try store() == .created)
    // The same files, and another dataset, leave it as it is.
    try read("b", digest: "1")
    try read("c", digest: "2")
    #expect(try catalog.cohort("n").outdatedDatasets.isEmpty)
    try read("b", digest: "2")
    #expect(try catalog.cohort("n").outdatedDatasets == ["b"])
    #expect(try catalog.cohorts().map(\.outdatedDatasets) == [["b"]])
    let flow = try CohortFlow(catalog.cohort("n"), catalog: catalog)
    #expect(flow.notes.first?.hasPrefix("b was ingested again") == true)
    // It would choose the same radiographs, so it only has to be confirmed.
    #expect(try store() == .updated)
    #expect(try catalog.cohort("n").outdatedDatasets.isEmpty)
    #expect(try store() == .unchanged)
    try read("a", digest: "2", omitting: 3)
    let error = #expect(throws: CatalogError.self) { try store() }
    #expect(error?.code == .conflict)
    #expect(error?.message.contains("because a was ingested again") == true)
    #expect(error?.message.contains("--replace") == true)
    #expect(try store(.replace) == .updated)
    #expect(try catalog.cohort("n").outdatedDatasets.isEmpty)
  }

  @Test("An attribute that a dataset does not have is refused with those that it has")
  func unknownAttribute() throws {
    let definition = try CohortDefinition(
      yaml: "name: n\ndatasets: [tiny]\nattributes: {Pediatric: No}", file: "f")
    let error = #expect(throws: CatalogError.self) {
      try CohortMaker(definition).content(from: catalog)
    }
    #expect(
      error?.message
        == "tiny has no attribute Pediatric; it has pediatric; did you mean pediatric?")
  }

  @Test("The flow begins with the records that the ingest read")
  func flow() throws {
    let two = try CohortFixture.catalog(datasets: ["b", "a"])
    let definition = try CohortDefinition(
      yaml: "name: n\ndatasets: [b, a]\nviews: [PA]", file: "f")
    let flow = try CohortFlow(CohortMaker(definition).content(from: two), catalog: two)
    #expect(flow.datasets.map(\.origin.dataset) == ["a", "b"])
    #expect(flow.datasets[0].origin.recordsRead == 10)
    #expect(flow.datasets[0].origin.flow.map(\.count) == [10, 2])
    #expect(flow.datasets[0].steps.map(\.radiographCount) == [8, 2, 6])
    let ingest = try CohortFlow(datasets: ["a"], catalog: two)
    #expect(ingest.datasets[0].steps.map(\.patientCount) == [4])
  }

  @Test(
    "Names that the catalog does not have are refused",
    arguments: [
      "datasets: [tinny]", "datasets: [tiny]\nsplit: {name: offical, part: test}",
      "datasets: [tiny]\nattributes: {padiatric: No}",
      "datasets: [tiny]\nsplit: {name: official, part: tset}",
    ])
  func unknownNames(_ yaml: String) throws {
    #expect(throws: (any Error).self) {
      try CohortFixture.images("name: n\n" + yaml, in: catalog)
    }
  }
}
