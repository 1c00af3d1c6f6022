// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore
import CXRIngest
import CXRTestSupport
import Foundation
import Testing

/// The counts that one study published for its NIH test set, and those recomputed beside them.
@Suite("Published counts", .enabled(if: Shared.isPresent))
struct PublishedCountsTests {
  private static let population = Result { () throws -> Population in
    let catalog = try Catalog.inMemory()
    _ = try DatasetIngester(.builtIn("nih"), rootPath: try Shared.url("data/nih").path)
      .ingest(into: catalog, provenance: CohortFixture.provenance)
    let split = try SplitMaker(
      name: "study", method: .published(.trainTestSplit(testSize: 0.7)), seed: 42
    ).content(from: try SplitPool(catalog, dataset: "nih", cohort: nil), cohort: nil)
    _ = try catalog.addSplit(split, dataset: "nih", provenance: CohortFixture.provenance)
    var request = PopulationRequest(datasets: ["nih"])
    request.split = "study"
    request.parts = ["test"]
    request.view = .pa
    return try PopulationTable(request, catalog: catalog).populations[0]
  }

  private let population: Population
  private let golden: GoldenJSON

  init() throws {
    population = try Self.population.get()
    golden = try Golden.json("nih_roentgen_v2_test_split.json")
  }

  private func counts(_ attribute: String) -> [String: Int] {
    let section = population.sections.first { $0.attribute == attribute }
    return Dictionary(
      uniqueKeysWithValues: (section?.categories ?? []).map { ($0.name, $0.count ?? -1) })
  }

  @Test("47,075 radiographs, and all 15 published counts")
  func published() {
    #expect(population.radiographCount == 47_075)
    #expect(population.patientCount == 20_208)
    #expect(counts("sex") == ["Female": 20_872, "Male": 26_203, "Unknown": 0])
    #expect(
      counts("age") == [
        "<18": 1_922, "18-40": 12_684, "40-60": 20_810, "60-80": 11_244, "80+": 415, "Unknown": 0,
      ])
    #expect(
      counts("finding") == [
        "No Finding": 27_379, "Atelectasis": 4_029, "Cardiomegaly": 1_122, "Consolidation": 1_059,
        "Edema": 181, "Pleural Effusion": 4_678, "Pneumonia": 438, "Pneumothorax": 2_386,
      ])
  }

  @Test("The intersections of sex and age, recomputed independently")
  func intersections() throws {
    let crossed = counts("sex*age")
    let cells = try golden["sex_age"]
    let keys = try cells.keys
    #expect(keys.count == 10)
    for key in keys {
      let words = key.split(separator: "|").map(String.init)
      let name = "\(words[1]), \(words[0] == "F" ? "female" : "male")"
      #expect(try crossed[name] == cells[key]["n"].integer, "\(name)")
    }
  }
}
