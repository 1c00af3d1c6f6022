// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
@testable import CXRCohort
import CXRCore
import CXRTestSupport
import Testing

@Suite("Population table")
struct PopulationTableTests {
  private let catalog: Catalog

  init() throws { catalog = try CohortFixture.catalog() }

  private func table(
    _ change: (inout PopulationRequest) -> Void = { _ in }
  ) throws
    -> PopulationTable
  {
    var request = PopulationRequest(datasets: ["tiny"])
    request.findings = [.edema, .noFinding, .fracture]
    change(&request)
    return try PopulationTable(request, catalog: catalog)
  }

  private func counts(_ attribute: String, _ population: Population) -> [Int?] {
    population.sections.first { $0.attribute == attribute }?.categories.map(\.count) ?? []
  }

  @Test("Counts radiographs, patients, studies and every category")
  func counting() throws {
    let population = try #require(try table().populations.first)
    #expect(population.name == "tiny")
    #expect(population.radiographCount == 8)
    #expect(population.patientCount == 4)
    #expect(population.studyCount == 6)
    #expect(population.age?.knownCount == 7)
    // 17, 18, 18, 40, 40, 90 and 89.
    #expect(population.age?.meanYears.isClose(to: 312.0 / 7, absolute: 1e-12) == true)
    #expect(
      population.age?.standardDeviationYears?.isClose(to: 32.279_287_181_602_73, absolute: 1e-12)
        == true)
    #expect(counts("sex", population) == [4, 2, 2])
    #expect(counts("race", population) == [3, 1, 0, 2, 2])
    #expect(counts("age", population) == [1, 2, 2, 0, 2, 1])
    #expect(counts("finding", population) == [1, 1, nil])
    #expect(counts("sex*race", population) == [3, 0, 1, 0, 0, 0, 0, 2])
    #expect(counts("sex*age", population) == [1, 0, 2, 0, 0, 2, 0, 0, 0, 0])
  }

  @Test("Uncertain labels count as the policy says")
  func policies() throws {
    let population = try #require(
      try table { $0.labelPolicy = .uOnes }.populations.first)
    #expect(counts("finding", population) == [2, 1, nil])
  }

  @Test("Columns are datasets, parts of a split, and cohorts; the view narrows them")
  func columns() throws {
    let content = try CohortMaker(
      CohortDefinition(yaml: "name: old\ndatasets: [tiny]\nage: {min: 40}", file: "f")
    ).content(from: catalog)
    _ = try catalog.addCohort(content, provenance: CohortFixture.provenance)
    let parts = try table { request in
      request.split = "official"
      request.view = .pa
    }
    #expect(parts.populations.map(\.name) == ["tiny train", "tiny test"])
    #expect(parts.populations.map(\.radiographCount) == [3, 3])
    let cohort = try PopulationTable(PopulationRequest(cohorts: ["old"]), catalog: catalog)
    #expect(cohort.populations.map(\.radiographCount) == [4])
    let test = try table { request in
      request.split = "official"
      request.parts = ["test"]
    }
    #expect(test.populations.map(\.name) == ["tiny test"])
  }

  @Test("Differences are taken from the reference, by its name or its part's")
  func differences() throws {
    let table = try table { request in
      request.split = "official"
      request.reference = "train"
    }
    #expect(table.reference == "tiny train")
    #expect(table.populations[0].ageDifference == nil)
    #expect(table.populations[1].ageDifference ?? 0 > 1)
    let finding = table.populations[1].sections.first { $0.attribute == "finding" }
    // No edema among 3 against 1 among 5: −0.2 / √(0.16 / 2).
    #expect(
      finding?.categories[0].difference?.isClose(to: -0.2 / 0.08.squareRoot(), absolute: 1e-12)
        == true)
    #expect(finding?.categories[2].difference == nil)
    let error = #expect(throws: CohortError.self) {
      try self.table { $0.reference = "validation" }
    }
    #expect(error?.code == .unknownName)
  }

  @Test("A population without radiographs, an unknown split and an unknown part are refused")
  func refusals() throws {
    #expect(throws: CohortError.self) { try table { $0.view = .apSupine } }
    #expect(throws: CohortError.self) { try table { $0.split = "offical" } }
    #expect(throws: CohortError.self) {
      try table { request in
        request.split = "official"
        request.parts = ["tset"]
      }
    }
  }

  @Test("Small counts go, and with them the one count that would give a single one away")
  func suppression() throws {
    let shown = try table { $0.suppressionLimit = 2 }
    let population = shown.populations[0]
    #expect(counts("sex", population) == [4, 2, 2])
    // Asian 3, Black 1, Hispanic 0, White 2, unknown 2: Black goes, and White with it.
    #expect(counts("race", population) == [3, nil, 0, nil, 2])
    #expect(counts("finding", population) == [nil, nil, nil])
    let race = population.sections.first { $0.attribute == "race" }
    #expect(race?.categories.map(\.share).map { $0 == nil } == [false, true, false, true, false])
    #expect(race?.categories[1].reason == "suppressed: <2")
    #expect(race?.categories[3].reason == "suppressed: would give a count below 2 away")
    // Women: Asian 3, Black 1; men: White 2. Black women go, and Asian women with them.
    #expect(counts("sex*race", population).prefix(4) == [nil, 0, nil, 0])
    #expect(shown.notes.contains { $0.contains("below 2") })
  }

  @Test("A hidden count cannot be derived from what is shown", arguments: 0..<40)
  func noDerivation(seed: UInt64) throws {
    let stream = RandomStream(seed: seed, purpose: "test.suppression", index: 0)
    let counts = (0..<6).map { stream.index(at: $0, below: 9) }
    let hidden = SmallCounts(limit: 4).hidden(
      counts, totals: [[0, 1, 2], [3, 4, 5], [0, 3], [1, 4]])
    for members in [[0, 1, 2], [3, 4, 5], [0, 3], [1, 4]] {
      let hiddenCount = members.count { hidden[$0] }
      let others = members.filter { !hidden[$0] && counts[$0] > 0 }
      #expect(hiddenCount != 1 || others.isEmpty)
    }
    for index in counts.indices where (1..<4).contains(counts[index]) { #expect(hidden[index]) }
  }
}
