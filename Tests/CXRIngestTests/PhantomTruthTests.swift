// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRFiles
import CXRIngest
import CXRPhantom
import CXRTestSupport
import Foundation
import Testing

/// The catalog holds what the phantom planted, row by row and count by count.
@Suite("Phantom truth")
struct PhantomTruthTests {
  private static let provenance = Provenance(
    verb: "ingest", commandLine: "cxr ingest", startedAt: "2026-01-01T00:00:00Z")

  /// The rows of a CSV file, by image name, each by column.
  private static func rows(_ path: String) throws -> [String: [String: String]] {
    let reader = try CSVReader(path: path)
    var record = TableRecord()
    _ = try reader.read(into: &record)
    let header = record.strings
    var rows: [String: [String: String]] = [:]
    while try reader.read(into: &record) {
      let row = Dictionary(uniqueKeysWithValues: zip(header, record.strings))
      rows[row["imageName"] ?? ""] = row
    }
    return rows
  }

  private static func exported(
    _ catalog: Catalog, _ dataset: String
  ) throws -> [String: [String: String]] {
    var rows: [String: [String: String]] = [:]
    try catalog.forEachExportedRow(dataset: dataset) { fields in
      let row = Dictionary(uniqueKeysWithValues: zip(Catalog.exportHeader, fields))
      rows[row["imageName"] ?? ""] = row
    }
    return rows
  }

  @Test(
    "Every radiograph is in the catalog as it was planted; the same files again change nothing",
    arguments: PhantomDataset.allCases, [3, 11] as [UInt64])
  func rowsAreAsPlanted(_ dataset: PhantomDataset, seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let phantom = Phantom(size: .patients(120), seed: seed)
    let planted = try #require(
      try phantom.write(to: folder.url.path, only: [dataset])[dataset])
    let name = dataset.rawValue
    let catalog = try Catalog.inMemory()
    let ingester = DatasetIngester(
      try .builtIn(name), rootPath: folder.path(name))
    let report = try ingester.ingest(into: catalog, provenance: Self.provenance)
    let expected = try Self.rows(folder.path("truth/\(name).csv"))
    let found = try Self.exported(catalog, name)
    #expect(Set(found.keys) == Set(expected.keys))
    for (image, row) in expected {
      let differing = row.filter { column, value in found[image]?[column] != value }
      #expect(differing.isEmpty, "\(image): \(differing.sorted { $0.key < $1.key })")
    }
    try checkCounts(planted, report, catalog, name)
    #expect(
      try ingester.ingest(into: catalog, provenance: Self.provenance).outcome == .unchanged)
    #expect(try Self.exported(catalog, name) == found)
  }

  private func checkCounts(
    _ planted: DatasetTruth, _ report: IngestReport, _ catalog: Catalog, _ name: String
  ) throws {
    #expect(report.recordsRead == planted.recordCount)
    #expect(report.recordsKept == planted.radiographCount)
    let steps = Dictionary(
      uniqueKeysWithValues: report.flow.map { ($0.name, $0.count) })
    for (reason, count) in planted.droppedByReason {
      let dropped = report.flow.filter { $0.name.hasPrefix("dropped: \(reason)") }
      #expect(dropped.reduce(0) { $0 + $1.count } == count, "\(reason)")
    }
    for (view, count) in planted.radiographsByView {
      #expect(steps["kept: view \(view)"] == count, "\(view)")
    }
    let info = try #require(try catalog.info().datasets.first { $0.name == name })
    #expect(info.patientCount == planted.patientCount)
    let parts = info.splits.first { $0.name == SplitContent.officialName }?.parts ?? []
    #expect(
      Dictionary(uniqueKeysWithValues: parts.map { ($0.name, $0.count) })
        == planted.radiographsByPart)
    #expect(try catalog.verify().allSatisfy(\.isPassed))
    var impressionCount = 0
    try catalog.forEachReportSection("impression", dataset: name) { _, _ in impressionCount += 1 }
    #expect(impressionCount == planted.impressionCount)
  }
}
