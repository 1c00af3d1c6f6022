// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRIngest
import CXRTestSupport
import Testing

@Suite("Importing splits")
struct SplitImporterTests {
  let fixture: NIHFixture

  init() throws {
    fixture = try NIHFixture()
    let rows = (1...20).map {
      "000000\($0 < 10 ? "0" : "")\($0)_000.png,Edema,0,\($0),50,F,PA,1,1,0.1,0.1\n"
    }
    try fixture.writeV2020(
      NIHFixture.header + "\n" + rows.joined() + "00000001_001.png,Edema,1,1,50,F,AP,1,1,0.1,0.1\n")
    try fixture.ingest()
  }

  private func importLists(_ lists: [(String?, String)]) throws -> IngestReport {
    try SplitImporter(
      dataset: "nih", name: "published",
      lists: lists.enumerated().map { index, list in
        .init(part: list.0, path: try fixture.folder.write(list.1, to: "list\(index).csv"))
      }
    ).run(into: fixture.catalog, provenance: fixture.provenance)
  }

  @Test("Imports headerless lists of patient numbers and lists of images")
  func lists() throws {
    let report = try importLists([("train", "1\n1\n2\n77\n"), ("test", "00000003_000.png\n")])
    #expect(report.recordsRead == 5 && report.recordsKept == 4)
    #expect(report.diagnostics.contains { $0.code == "unknown-member" && $0.line == 4 })
    let split = try fixture.catalog.split("published", dataset: "nih")
    #expect(
      split.partByImageName == [
        "00000001_000.png": "train", "00000001_001.png": "train", "00000002_000.png": "train",
        "00000003_000.png": "test",
      ])
  }

  @Test("Imports a table with a column of parts")
  func partTable() throws {
    _ = try importLists([(nil, "image_id,split\n00000004_000.png,val\n00000005_000.png,test\n")])
    let split = try fixture.catalog.split("published", dataset: "nih")
    #expect(split.partByImageName == ["00000004_000.png": "val", "00000005_000.png": "test"])
  }

  @Test("Refuses parts that share an image or a patient, and lists of nothing known")
  func overlaps() throws {
    #expect(throws: IngestError.self) { try importLists([("a", "1\n"), ("b", "1\n")]) }
    let error = #expect(throws: IngestError.self) {
      try importLists([
        ("a", "00000001_000.png\n2\n3\n"), ("b", "4\n00000001_001.png\n2\n"), ("c", "3\n"),
      ])
    }
    #expect(error?.code == .duplicate)
    for words in [
      "list1.csv:2: ", "list0.csv:1.", "2 patients in parts a and b", "1 patient in parts a and c",
    ] {
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
    #expect(error?.message.contains("00000001") == false)
    #expect(throws: IngestError.self) { try importLists([("a", "nothing\n")]) }
    #expect(throws: IngestError.self) { try importLists([(nil, "1\n")]) }
    #expect(try fixture.catalog.info().datasets.first?.splits.isEmpty == true)
  }
}
