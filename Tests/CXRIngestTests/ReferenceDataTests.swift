// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore
import CXRFiles
import CXRIngest
import CXRTestSupport
import Foundation
import Testing

/// The official NIH metadata, ingested once per generation for the tests below.
private enum OfficialNIH {
  static let v2017 = Result { try ingested("v2017") }
  static let v2020 = Result { try ingested("v2020") }

  private static func ingested(_ generation: String) throws -> Catalog {
    let catalog = try Catalog.inMemory()
    let descriptor = try DatasetDescriptor.builtIn("nih", choices: ["labels": generation])
    _ = try DatasetIngester(descriptor, rootPath: Shared.url("data/nih").path)
      .ingest(into: catalog, provenance: Provenance(verb: "ingest", commandLine: "", startedAt: ""))
    return catalog
  }

  static func catalog(_ generation: String) throws -> Catalog {
    try (generation == "v2017" ? v2017 : v2020).get()
  }
}

@Suite("Official NIH files", .enabled(if: Shared.isPresent))
struct ReferenceDataTests {
  /// The counts of one generation in the reference document.
  struct Counts: Decodable {
    let rows: Int
    let patients: Int
    let view: [String: Int]
    let sex: [String: Int]
    let labels: [String: Int]
  }

  @Test("Every count equals the reference document's", arguments: ["v2017", "v2020"])
  func counts(_ generation: String) throws {
    let data = try Data(contentsOf: Shared.url("reference/datasets_golden.json"))
    let document = try #require(
      try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let part = try JSONSerialization.data(withJSONObject: #require(document["nih_\(generation)"]))
    let expected = try JSONDecoder().decode(Counts.self, from: part)
    let dataset = try #require(try OfficialNIH.catalog(generation).info().datasets.first)
    func byName(_ counts: [CatalogInfo.Count]) -> [String: Int] {
      Dictionary(uniqueKeysWithValues: counts.map { ($0.name, $0.count) })
    }
    #expect(dataset.radiographCount == expected.rows)
    #expect(dataset.patientCount == expected.patients)
    #expect(byName(dataset.views) == expected.view)
    #expect(byName(dataset.sexes) == expected.sex)
    #expect(byName(dataset.nativeLabels) == expected.labels)
    #expect(dataset.boxCount == 984)
  }

  @Test(
    "Postero-anterior and adult counts equal the reference document's",
    arguments: [("v2017", "PA"), ("v2020", "PA"), ("v2020", "PA_adult")])
  func counts(_ generation: String, _ part: String) throws {
    let golden = try JSONDecoder().decode(
      GoldenJSON.self, from: Data(contentsOf: Shared.url("reference/datasets_golden.json")))
    let expected = try golden["nih_\(generation)"][part]
    let tally = try ExportTally(try OfficialNIH.catalog(generation)) { row in
      row["view"] == "PA" && (part == "PA" || (Double(row["ageYears"]) ?? 0) >= 18)
    }
    #expect(tally.count == (try expected["rows"].integer))
    #expect(tally.patients.count == (try expected["patients"].integer))
    #expect(tally.sexes == (try expected["sex"].object.mapValues { try $0.integer }))
    #expect(tally.labels == (try expected["labels"].object.mapValues { try $0.integer }))
    if generation == "v2020", part == "PA_adult" {
      #expect(tally.lungLesions == (try expected["nodule_or_mass"].integer))
      #expect(tally.sexesAndAges == (try expected["sex_age"].object.mapValues { try $0.integer }))
    }
  }

  /// The published test part in the reference document.
  struct PublishedSplit: Decodable {
    let patientCount: Int
    let imageCount: Int
    let labels: [String: Int]
    let sex: [String: Int]
    let allViewCount: Int
    let cells: [String: [String: Int]]
    enum CodingKeys: String, CodingKey {
      case patientCount = "n_PA_patients"
      case imageCount = "n_PA"
      case allViewCount = "n_images_all_views"
      case cells = "sex_age"
      case labels, sex
    }
  }

  @Test("The published test split comes out image for image")
  func publishedSplit() throws {
    let expected = try JSONDecoder().decode(
      PublishedSplit.self,
      from: Data(contentsOf: Shared.url("goldens/nih_roentgen_v2_test_split.json")))
    let catalog = try OfficialNIH.catalog("v2020")
    let split = try SplitMaker(
      name: "study", method: .published(.trainTestSplit(testSize: 0.7)), seed: 42
    ).content(from: SplitPool(catalog, dataset: "nih"))
    let tally = try ExportTally(catalog) { row in
      split.partByImageName[row["imageName"]] == "test" && row["view"] == "PA"
    }
    #expect(split.partByImageName.values.count { $0 == "test" } == expected.allViewCount)
    #expect(expected.imageCount == 47_075)
    #expect(tally.count == expected.imageCount)
    #expect(tally.patients.count == expected.patientCount)
    #expect(tally.sexes == expected.sex)
    #expect(tally.labels.filter { expected.labels[$0.key] != nil } == expected.labels)
    for (name, cell) in expected.cells {
      let key = name.replacing("-40", with: "-39").replacing("-60", with: "-59")
        .replacing("-80", with: "-79")
      #expect(tally.sexesAndAges[key] == cell["n"], "\(name)")
      let labels = tally.labelsBySexAndAge[key] ?? [:]
      for label in expected.labels.keys {
        #expect(labels[label, default: 0] == cell[label], "\(name) \(label)")
      }
      #expect(tally.patientsBySexAndAge[key]?.count == cell["patients"], "\(name)")
    }
    #expect(expected.cells.count == 10)
  }

  @Test("Published labels and predictions agree with the newer generation")
  func publishedPredictions() throws {
    let catalog = try OfficialNIH.catalog("v2020")
    let folder = "data/underdiagnosis-nih/run11"
    let provenance = Provenance(verb: "predictions import", commandLine: "", startedAt: "")
    let report = try PredictionImporter(
      path: Shared.url("\(folder)/preds.csv").path, dataset: "nih", model: "run11"
    ).run(into: catalog, provenance: provenance)
    #expect(report.recordsKept == 6373)
    _ = try ThresholdFile(path: Shared.url("\(folder)/Threshold.csv").path)
      .run(into: catalog, dataset: "nih", model: "run11", provenance: provenance)
    let selection = try catalog.predictions(
      .init(dataset: "nih", models: ["run11"], labels: .native))
    let truth = try published("\(folder)/True.csv")
    let calls = try published("\(folder)/bipred.csv")
    let model = try #require(selection.table.models.first)
    var (labelMismatches, callMismatches, cellCount) = (0, 0, 0)
    for label in selection.table.labels {
      let scores = try #require(model.scores[label.name])
      let threshold = try #require(model.thresholds[label.name])
      for (row, image) in selection.imageNames.enumerated() {
        cellCount += 1
        if truth[image]?[label.name] != (label.states[row] == .positive) { labelMismatches += 1 }
        let call = (scores[row] ?? .nan) >= threshold
        if calls[image]?["bi_" + label.name] != call { callMismatches += 1 }
      }
    }
    #expect(cellCount == 6373 * 15)
    #expect(labelMismatches == 0)
    #expect(callMismatches == 0)
  }

  /// A published table of zeros and ones, by image and column.
  private func published(_ path: String) throws -> [String: [String: Bool]] {
    let reader = try CSVReader(path: Shared.url(path).path)
    var record = TableRecord()
    _ = try reader.read(into: &record)
    let header = record.strings
    var table: [String: [String: Bool]] = [:]
    while try reader.read(into: &record) {
      table[record.string(at: 0)] = Dictionary(
        uniqueKeysWithValues: (1..<header.count).map {
          (header[$0], record.string(at: $0) == "1.0")
        })
    }
    return table
  }
}
