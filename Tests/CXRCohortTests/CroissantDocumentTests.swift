// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore
import CXRFiles
import Foundation
import Testing

@Suite("Croissant")
struct CroissantDocumentTests {
  private func document(descriptor: String?) throws -> [String: Any] {
    let catalog = try Catalog.inMemory()
    var provenance = Provenance(
      verb: "ingest", commandLine: "cxr ingest d", startedAt: "2026-01-01T00:00:00Z")
    let hash = String(repeating: "a", count: 64)
    provenance.sources = [
      .init(role: "labels", fileName: "l.csv", sha256: hash, byteCount: 7)
    ]
    var content = DatasetContent(
      name: "d", title: "Dataset D", labelSource: "", ageSource: "", contentDigest: "1",
      nativeLabels: [], patients: [PatientRecord(patientKey: "p", sex: nil)],
      radiographs: [
        RadiographRecord(
          imageName: "a.png", patientIndex: 0, view: .pa, findings: .init(allAre: .negative))
      ])
    content.descriptor = descriptor
    _ = try catalog.replaceDataset(content, provenance: provenance)
    let source = RadiographSource(dataset: "d")
    let document = CroissantDocument(
      name: "d", fileName: "d.csv", digest: FileDigest(sha256: hash, byteCount: 9),
      columns: try catalog.exportColumns(of: source), rowCount: 1,
      origins: try catalog.lineages(of: source), commandLine: "cxr export",
      writtenAt: "2026-01-02T00:00:00Z")
    let data = try JSONEncoder().encode(document)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("Licence, citation and home page are the descriptor's")
  func terms() throws {
    let root = try document(
      descriptor: "licence: CC0 1.0\ncitation: \"D et al., 2020: data\"\nhomepage: https://d.org\n")
    #expect(root["license"] as? [String] == ["CC0 1.0"])
    #expect(root["citeAs"] as? String == "D et al., 2020: data")
    #expect(root["url"] as? String == "https://d.org")
  }

  @Test("What nobody says is left out", arguments: [nil, "name: d\n", "licence: [\n"])
  func noTerms(_ descriptor: String?) throws {
    let root = try document(descriptor: descriptor)
    #expect(root["license"] == nil && root["citeAs"] == nil && root["url"] == nil)
  }

  @Test("The way back to the official files is told")
  func provenance() throws {
    let root = try document(descriptor: nil)
    let origin = try #require((root["isBasedOn"] as? [[String: Any]])?.first)
    let file = try #require((origin["hasPart"] as? [[String: Any]])?.first)
    #expect(file["name"] as? String == "l.csv" && file["contentSize"] as? String == "7 B")
    let activity = try #require(origin["prov:wasGeneratedBy"] as? [String: Any])
    #expect(activity["prov:label"] as? String == "cxr ingest d")
  }
}
