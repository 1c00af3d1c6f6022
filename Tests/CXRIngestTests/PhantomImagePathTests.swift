// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRFiles
import CXRIngest
import CXRPhantom
import CXRTestSupport
import Foundation
import Testing

/// The pictures of a phantom lie where the catalog looks for them.
@Suite("Phantom images in the catalog")
struct PhantomImagePathTests {
  @Test(
    "Every radiograph of the catalog has its picture, and DICOM headers give the picture's size",
    arguments: PhantomDataset.allCases)
  func picturesAreFound(_ dataset: PhantomDataset) async throws {
    let folder = try TemporaryFolder()
    let name = dataset.rawValue
    _ = try await Phantom(size: .patients(20), seed: 3).write(
      to: folder.url.path, images: PhantomImages(side: 64, threads: 2), only: [dataset])
    let sizes = try Self.sizes(folder.path("truth/\(name)-images.csv"))
    let catalog = try Catalog.inMemory()
    _ = try DatasetIngester(try .builtIn(name), rootPath: folder.path(name)).ingest(
      into: catalog,
      provenance: Provenance(
        verb: "ingest", commandLine: "cxr ingest", startedAt: "2026-01-01T00:00:00Z"))
    var count = 0
    try catalog.forEachExportedRow(dataset: name) { fields in
      let row = Dictionary(uniqueKeysWithValues: zip(Catalog.exportHeader, fields))
      let path = row["relativePath"] ?? ""
      count += 1
      #expect(FileManager.default.fileExists(atPath: folder.path("\(name)/\(path)")), "\(path)")
      let size = try #require(sizes[path], "\(path)")
      if dataset == .vindrCXR {
        #expect(row["widthPixels"] == size.width && row["heightPixels"] == size.height)
      }
    }
    #expect(count > 0)
  }

  /// The sizes of the pictures by path.
  private static func sizes(_ path: String) throws -> [String: (width: String, height: String)] {
    let reader = try CSVReader(path: path)
    var record = TableRecord()
    _ = try reader.read(into: &record)
    let header = record.strings
    var sizes: [String: (width: String, height: String)] = [:]
    while try reader.read(into: &record) {
      let row = Dictionary(uniqueKeysWithValues: zip(header, record.strings))
      sizes[row["path"] ?? ""] = (row["width"] ?? "", row["height"] ?? "")
    }
    return sizes
  }
}
