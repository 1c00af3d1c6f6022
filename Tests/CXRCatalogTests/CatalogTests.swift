// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRTestSupport
import Foundation
import GRDB
import Testing

@Suite("Catalog file")
struct CatalogTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func refusal(_ path: String, access: Catalog.Access = .create) throws -> CatalogError {
    let error = #expect(throws: CatalogError.self) { try Catalog(path: path, access: access) }
    return try #require(error)
  }

  @Test("Creates a file that a second opening finds again")
  func reopening() throws {
    let path = folder.path("catalog.sqlite")
    do {
      let catalog = try Catalog(path: path)
      _ = try catalog.replaceDataset(
        CatalogFixture.content(), provenance: CatalogFixture.provenance)
    }
    for access in [Catalog.Access.read, .update, .create] {
      let info = try Catalog(path: path, access: access).info()
      #expect(info.datasets.map(\.radiographCount) == [3])
    }
  }

  @Test("Refuses a missing file when nothing is to be created")
  func missing() throws {
    let error = try refusal(folder.path("none.sqlite"), access: .read)
    #expect(error.code == .missing)
    #expect(error.message.contains("none.sqlite"))
    #expect(folder.fileNames.isEmpty)
  }

  @Test("Refuses a file that is no catalog, naming it and the remedy")
  func notACatalog() throws {
    let text = try folder.write(
      String(repeating: "Image Index,Finding Labels\n", count: 99), to: "t.csv")
    for access in [Catalog.Access.create, .read] {
      let error = try refusal(text, access: access)
      #expect(error.code == .notACatalog)
      #expect(error.message.contains("t.csv") && error.message.contains("--catalog"))
    }
    let other = folder.path("other.sqlite")
    try DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE song (title TEXT)") }
    #expect(try refusal(other).code == .notACatalog)
    #expect(try refusal(folder.url.path).code == .notACatalog)
  }

  @Test("Refuses a catalog from a newer version")
  func newerVersion() throws {
    let path = folder.path("catalog.sqlite")
    _ = try Catalog(path: path)
    try DatabaseQueue(path: path).write { try $0.execute(sql: "PRAGMA user_version = 999") }
    let error = try refusal(path)
    #expect(error.code == .newerVersion)
    #expect(error.message.contains("999"))
  }

  @Test("Says so when the place cannot be written")
  func unwritable() throws {
    let error = try refusal(folder.path("none/catalog.sqlite"))
    #expect(error.code == .unwritable)
    #expect(error.message.contains("none/catalog.sqlite"))
  }

  @Test("Refuses to write through a catalog opened for reading")
  func readOnly() throws {
    let path = folder.path("catalog.sqlite")
    _ = try Catalog(path: path)
    let catalog = try Catalog(path: path, access: .read)
    let error = #expect(throws: CatalogError.self) {
      try catalog.replaceDataset(CatalogFixture.content(), provenance: CatalogFixture.provenance)
    }
    #expect(error?.code == .unwritable)
  }

  @Test("Reports what verification finds")
  func verification() throws {
    let path = folder.path("catalog.sqlite")
    let catalog = try Catalog(path: path)
    _ = try catalog.replaceDataset(
      CatalogFixture.content(), provenance: CatalogFixture.provenance)
    #expect(try catalog.verify().allSatisfy(\.isPassed))
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    try DatabaseQueue(path: path, configuration: configuration).write { database in
      try database.execute(
        sql: """
          DELETE FROM finding WHERE radiographID = 1;
          UPDATE radiograph SET patientID = 77 WHERE imageName = 'c.png';
          DROP TRIGGER splitMemberInserted;
          INSERT INTO split VALUES (1, 1, 's', 'm', NULL, '', 1);
          INSERT INTO splitMember VALUES (1, 1, 'train'), (1, 2, 'test');
          """)
    }
    let failed = try catalog.verify().filter { !$0.isPassed }
    #expect(
      failed.map(\.name) == [
        "every reference leads somewhere", "every radiograph has its findings",
        "every patient has a radiograph", "no patient and no image is in two parts of a split",
      ])
  }
}
