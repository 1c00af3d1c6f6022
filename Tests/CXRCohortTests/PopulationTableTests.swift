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
    #expect(counts("finding", population) == [nil, nil, nil])
    let race = population.sections.first { $0.attribute == "race" }
    #expect(race?.categories[1].reason == "suppressed: <2")
    #expect(race?.categories.allSatisfy { ($0.count == nil) == ($0.share == nil) } == true)
    // The age of one radiograph is unknown, of which 8 − 7 would tell.
    #expect(population.age?.knownCount == nil)
    #expect(population.age?.meanYears == 44.6)
    let derived = DerivedCounts(of: population)
    for (attribute, position) in smallCounts(try table().populations[0], below: 2) {
      #expect(derived[attribute, position] == nil, "\(attribute) \(position)")
    }
    #expect(shown.notes.contains { $0.contains("below 2") })
  }

  private func smallCounts(
    _ population: Population, below limit: Int
  ) -> [(attribute: String, position: Int)] {
    population.sections.filter { $0.attribute != "finding" }.flatMap { section in
      section.categories.indices.filter {
        (1..<limit).contains(section.categories[$0].count ?? 0)
      }.map { (section.attribute, $0) }
    }
  }

  @Test("A race is not the sum of its women and men where it is hidden")
  func marginOfCrossings() throws {
    let full = try MadeUpPopulation.population(
      races: [[1, 2, 0], [20, 30, 0], [10, 100, 0], [1000, 25, 0], [0, 0, 0]])
    let shown = MadeUpPopulation.table(full).suppressed(below: 5).populations[0]
    #expect(counts("sex", shown) == [1031, 157, 0])
    #expect(counts("race", shown) == [nil, nil, 110, 1025, 0])
    #expect(counts("sex*race", shown) == [nil, nil, nil, nil, 10, 100, 1000, 25])
    #expect(shown.age?.knownCount == 1188)
  }

  @Test("No hidden count follows from sums of what is shown", arguments: UInt64(0)..<60)
  func noDerivation(seed: UInt64) throws {
    let limit = 5
    let full = try MadeUpPopulation.population(seed: seed)
    let shown = MadeUpPopulation.table(full).suppressed(below: limit).populations[0]
    let derived = DerivedCounts(of: shown)
    for section in shown.sections {
      for (position, category) in section.categories.enumerated() where category.count == nil {
        #expect(
          derived[section.attribute, position] == nil, "\(section.attribute) \(position)")
      }
    }
    for (attribute, position) in smallCounts(full, below: limit) {
      #expect(counts(attribute, shown)[position] == nil)
    }
  }
}
