// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
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
    let options = NIHIngester.Options(labelsFrom: generation)
    _ = try NIHIngester(rootPath: Shared.url("data/nih").path, options: options)
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

  /// The published test part in the reference document.
  struct PublishedSplit: Decodable {
    let patientCount: Int
    let imageCount: Int
    let labels: [String: Int]
    let sex: [String: Int]
    enum CodingKeys: String, CodingKey {
      case patientCount = "n_PA_patients"
      case imageCount = "n_PA"
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
      dataset: "nih", name: "study", method: .trainTestSplit(testSize: 0.7), seed: 42
    ).content(from: catalog)
    var labels: [String: Int] = [:]
    var sexes: [String: Int] = [:]
    var patients: Set<String> = []
    let column = Dictionary(
      uniqueKeysWithValues: Catalog.exportHeader.enumerated().map { ($1, $0) })
    let (image, view, sex) = (
      column["imageName", default: 0], column["view", default: 0], column["sex", default: 0]
    )
    try catalog.forEachExportedRow(dataset: "nih") { row in
      guard split.partByImageName[row[image]] == "test", row[view] == "PA" else { return }
      patients.insert(row[column["patient", default: 0]])
      sexes[row[sex], default: 0] += 1
      for label in row[column["nativeLabels", default: 0]].split(separator: "|") {
        labels[String(label), default: 0] += 1
      }
    }
    #expect(expected.imageCount == 47_075)
    #expect(sexes.values.reduce(0, +) == expected.imageCount)
    #expect(patients.count == expected.patientCount)
    #expect(sexes == expected.sex)
    #expect(labels.filter { expected.labels[$0.key] != nil } == expected.labels)
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
    var record = CSVRecord()
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
