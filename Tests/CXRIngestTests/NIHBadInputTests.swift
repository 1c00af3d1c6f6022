// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRFiles
import CXRIngest
import CXRTestSupport
import Foundation
import Testing

@Suite("Bad NIH files")
struct NIHBadInputTests {
  let fixture: NIHFixture

  init() throws { fixture = try NIHFixture() }

  private func refusal(
    _ choices: [String: String] = [:], options: DatasetIngester.Options = .init()
  ) throws -> IngestError {
    let error = #expect(throws: IngestError.self) { try fixture.ingest(choices, options: options) }
    #expect(try fixture.catalog.info().datasets.isEmpty)
    return try #require(error)
  }

  @Test("Refuses a folder that is missing or holds no metadata")
  func missing() throws {
    #expect(try refusal().code == .missingInput)
    #expect(try refusal(["labels": "v2017"]).message.contains("--table images=FILE"))
    let nowhere = DatasetIngester(try .builtIn("nih"), rootPath: fixture.folder.path("none"))
    let error = #expect(throws: IngestError.self) {
      try nowhere.ingest(into: fixture.catalog, provenance: fixture.provenance)
    }
    #expect(error?.code == .missingInput)
  }

  @Test(
    "Refuses another kind of file, naming it and the expected header",
    arguments: [
      "Image Index,Finding Label,Bbox [x,y,w,h],,,\n", "path,prob_Edema\n", "",
      NIHFixture.header + ",Fracture\n",
    ])
  func swapped(_ text: String) throws {
    try fixture.writeV2020(text)
    let error = try refusal()
    #expect(error.code == .wrongFile)
    #expect(error.message.contains("Data_Entry_2017_v2020.csv"))
    #expect(error.message.contains("expected the header Image Index,Finding Labels"))
  }

  static let badRecords = [
    ("00000007_000.png,Edema,0,7,50,F\n", "6 fields where 11 are expected"),
    ("00000007_000.png,Edema,0,8,50,F,PA,1,1,0.1,0.1\n", "the patient differs"),
    ("img.png,Edema,0,7,50,F,PA,1,1,0.1,0.1\n", "the image name is not of the form"),
  ]

  @Test("Refuses an unusable record, naming file, line and remedy", arguments: badRecords)
  func badRecord(_ record: String, _ reason: String) throws {
    try fixture.writeV2020(NIHFixture.v2020 + record)
    let error = try refusal()
    #expect(error.code == .badRecord)
    #expect(error.message.contains("Data_Entry_2017_v2020.csv:6: \(reason)"))
    #expect(error.message.contains("--max-bad-rows 1"))
  }

  @Test("Skips and counts unusable records within the limit")
  func skipped() throws {
    let extra = Self.badRecords.map(\.0).joined()
    try fixture.writeV2020(NIHFixture.v2020 + extra)
    #expect(
      try refusal(options: NIHFixture.options(.init(maximumBadRecordCount: 2))).code
        == .badRecord)
    let report = try fixture.ingest(
      options: NIHFixture.options(.init(maximumBadRecordCount: 3)))
    #expect(report.recordsRead == 7 && report.recordsKept == 4)
    #expect(report.flow.contains(Provenance.FlowStep("dropped: ragged row", 1)))
    #expect(report.flow.contains(Provenance.FlowStep("kept: view PA", 3)))
  }

  @Test("Refuses a duplicate image, naming both lines")
  func duplicate() throws {
    try fixture.writeV2020(
      NIHFixture.v2020 + "00000002_000.png,Edema,0,2,50,F,PA,1,1,0.1,0.1\n")
    let error = try refusal()
    #expect(error.code == .duplicate)
    #expect(error.message.contains("lines 4 and 6"))
  }

  static let cutRecords = [
    ("00000007_000.png,Edema,0,7,50,F", "6 fields where 11 are expected, and the file ends there"),
    ("00000007_000.png,\"Edema|Effusion,0,7,50,F,PA,1", "1 field where 11 are expected, and the"),
  ]

  @Test("Refuses a file that ends in the middle of a record, or skips that", arguments: cutRecords)
  func cut(_ record: String, _ reason: String) throws {
    try fixture.writeV2020(NIHFixture.v2020 + record)
    let error = try refusal()
    #expect(error.code == .badRecord)
    #expect(error.message.contains("Data_Entry_2017_v2020.csv:6: \(reason)"), "\(error)")
    let report = try fixture.ingest(
      options: NIHFixture.options(.init(maximumBadRecordCount: 1)))
    #expect(report.recordsRead == 5 && report.recordsKept == 4)
  }

  @Test("Refuses a joined table that ends in the middle of a record, or skips that")
  func cutPartner() throws {
    try fixture.writeV2020()
    let cut = NIHFixture.v2017.split(separator: "\r\n").dropLast().joined(separator: "\r\n")
    try fixture.writeV2017(cut + "\r\n00000003_000.png,\"Infil")
    let error = try refusal(["age": "v2017"])
    #expect(error.message.contains("Data_Entry_2017.csv:5: the file ends inside a quoted field"))
    let report = try fixture.ingest(
      ["age": "v2017"], options: NIHFixture.options(.init(maximumBadRecordCount: 1)))
    #expect(report.recordsKept == 4)
    #expect(report.diagnostics.contains { $0.code == "age-missing" })
  }

  @Test("Tells of the records of other tables whose images the metadata does not have")
  func missingPartner() throws {
    try fixture.writeV2020(
      NIHFixture.v2020.split(separator: "\n").dropLast(2).joined(separator: "\n") + "\n")
    try fixture.folder.write(
      "00000002_000.png\n00000001_000.png\n00000003_000.png\n", to: "test_list.txt")
    let unknown = try fixture.ingest().diagnostics.filter { $0.code == "unknown-image" }
    #expect(unknown.map(\.file) == ["test_list.txt"] && unknown.map(\.count) == [2])
    #expect(unknown.first?.line == 1 && unknown.first?.severity == .warning)
  }

  @Test("Refuses a truncated compressed file")
  func truncated() throws {
    // A gzip header and the first bytes of a stream that does not go on.
    let stub = Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B, 0xAE])
    try fixture.folder.write(stub, to: "Data_Entry_2017_v2020.csv.gz")
    let error = #expect(throws: FileError.self) { try fixture.ingest() }
    #expect(error?.code == .truncated)
    #expect(error?.message.contains("Data_Entry_2017_v2020.csv.gz") == true)
  }
}
