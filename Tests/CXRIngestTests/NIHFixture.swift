// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRIngest
import CXRTestSupport
import Foundation

/// A folder in the official NIH layout with made-up radiographs, and an empty catalog.
struct NIHFixture {
  static let header = """
    Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,\
    OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y]
    """
  static let v2020 = """
    \(header)
    00000001_000.png,Cardiomegaly|Effusion,0,1,57,M,PA,2682,2749,0.14300000000000002,0.143
    00000001_001.png,No Finding,1,1,58,M,AP,2894,2729,0.143,0.143
    00000002_000.png,Nodule,0,2,34,F,PA,2500,2048,0.168,0.168
    00000003_000.png,Infiltration|Pleural_Thickening,0,3,81,F,PA,2048,2500,0.168,0.168

    """
  static let v2017 = """
    \(header),
    00000001_000.png,Cardiomegaly,000,00000001,058Y,M,PA,2682,2749,0.143,0.143
    00000001_001.png,No Finding,001,00000001,058Y,M,AP,2894,2729,0.143,0.143
    00000002_000.png,Nodule,000,00000002,006M,F,PA,2500,2048,0.168,0.168
    00000003_000.png,Infiltration,000,00000003,414Y,F,PA,2048,2500,0.168,0.168

    """.replacing("\n", with: "\r\n")

  let folder: TemporaryFolder
  let catalog: Catalog
  let provenance = Provenance(
    verb: "ingest nih", commandLine: "cxr ingest nih", startedAt: "2026-01-01T00:00:00Z")

  init() throws {
    folder = try TemporaryFolder()
    catalog = try Catalog.inMemory()
  }

  /// Writes the newer metadata generation.
  func writeV2020(_ text: String = v2020) throws {
    try folder.write(text, to: "Data_Entry_2017_v2020.csv")
  }

  /// Writes the older metadata generation.
  func writeV2017(_ text: String = v2017) throws {
    try folder.write(text, to: "Data_Entry_2017.csv")
  }

  @discardableResult
  func ingest(
    _ choices: [String: String] = [:], options: DatasetIngester.Options = .init()
  ) throws -> IngestReport {
    let descriptor = try DatasetDescriptor.builtIn("nih", choices: choices)
    return try DatasetIngester(descriptor, rootPath: folder.url.path, options: options)
      .ingest(into: catalog, provenance: provenance)
  }

  /// Options that differ in what bad records cost.
  static func options(_ badRecords: BadRecordPolicy) -> DatasetIngester.Options {
    var options = DatasetIngester.Options()
    options.badRecords = badRecords
    return options
  }

  /// The exported rows, each by column name.
  func rows() throws -> [[String: String]] {
    var rows: [[String: String]] = []
    try catalog.forEachExportedRow(dataset: "nih") { row in
      rows.append(Dictionary(uniqueKeysWithValues: zip(Catalog.exportHeader, row)))
    }
    return rows
  }

  /// The exported values of one column.
  func column(_ name: String) throws -> [String] { try rows().map { $0[name] ?? "" } }
}
