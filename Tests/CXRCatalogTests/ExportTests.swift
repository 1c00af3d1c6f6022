// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import GRDB
import Testing
import CXRTestSupport

@Suite("Exports from the catalog")
struct ExportTests {
  let catalog: Catalog
  let folder: TemporaryFolder

  /// The tiny dataset in a file, with a report, an attribute, a split, and a cohort.
  init() throws {
    folder = try TemporaryFolder()
    catalog = try Catalog(path: folder.path("c.sqlite"))
    var content = CatalogFixture.content()
    content.radiographs[0].relativePath = "images/a.png"
    content.radiographs[0].attributes = [
      RadiographAttribute(name: "position", value: "erect"),
      RadiographAttribute(name: "pediatric", value: "No"),
    ]
    content.reports = [
      ReportRecord(
        patientIndex: 0, studyKey: "s1", sections: [.init(name: "impression", text: "Clear.")])
    ]
    _ = try catalog.replaceDataset(content, provenance: CatalogFixture.provenance)
    _ = try catalog.addSplit(
      SplitContent(
        name: "s", method: "m", seed: nil, detail: "",
        partByImageName: ["a.png": "train", "b.png": "train", "c.png": "test"]),
      dataset: "tiny", provenance: CatalogFixture.provenance)
    try DatabaseQueue(path: folder.path("c.sqlite")).write { database in
      try database.execute(
        sql: """
          INSERT INTO cohort VALUES (1, 'frontal', '', '', 1);
          INSERT INTO cohortMember SELECT 1, id FROM radiograph WHERE view = 'PA';
          """)
    }
  }

  private func rows(
    _ source: RadiographSource, reports: ReportAccess = .withheld
  ) throws -> [[String: String]] {
    let names = try catalog.exportColumns(of: source, reports: reports).map(\.name)
    var rows: [[String: String]] = []
    try catalog.forEachExportedRow(of: source, reports: reports) {
      rows.append(Dictionary(uniqueKeysWithValues: zip(names, $0)))
    }
    return rows
  }

  @Test("A source is what all of its conditions leave")
  func sources() throws {
    func images(_ source: RadiographSource) throws -> [String?] {
      try rows(source).map { $0["imageName"] }
    }
    #expect(try images(.init(dataset: "tiny")) == ["a.png", "b.png", "c.png"])
    #expect(try images(.init(cohort: "frontal")) == ["a.png", "c.png"])
    #expect(try images(.init(dataset: "tiny", split: "s", part: "train")) == ["a.png", "b.png"])
    #expect(try images(.init(cohort: "frontal", split: "s", part: "train")) == ["a.png"])
    #expect(try images(.init(dataset: "tiny", view: .lateral)) == ["b.png"])
  }

  @Test("Parts, paths and attributes are columns; reports only when they may be")
  func columns() throws {
    let source = RadiographSource(dataset: "tiny", split: "s")
    let withheld = try rows(source)
    #expect(withheld.map { $0["part"] } == ["train", "train", "test"])
    #expect(withheld[0]["relativePath"] == "images/a.png")
    #expect(withheld[0]["attributes"] == "pediatric=No|position=erect")
    #expect(withheld.allSatisfy { $0["report_impression"] == nil })
    let included = try rows(source, reports: .included)
    #expect(included.map { $0["report_impression"] } == ["", "Clear.", ""])
  }

  @Test(
    "Unknown names are named with what there is",
    arguments: [
      RadiographSource(dataset: "tinny"), RadiographSource(cohort: "frontol"),
      RadiographSource(dataset: "tiny", split: "t"),
      RadiographSource(cohort: "frontal", split: "t"),
      RadiographSource(dataset: "tiny", split: "s", part: "val"),
    ])
  func unknownNames(_ source: RadiographSource) {
    let error = #expect(throws: CatalogError.self) { try rows(source) }
    #expect(error?.code == .unknownName)
  }

  @Test("A source without dataset and cohort is a mistake of the caller")
  func emptySource() async {
    await #expect(processExitsWith: .failure) { _ = RadiographSource(split: "s") }
  }

  @Test("Origins tell files, command and version of the datasets that are in a source")
  func origins() throws {
    let origins = try catalog.lineages(of: .init(cohort: "frontal"))
    #expect(origins.map(\.name) == ["tiny"])
    #expect(origins.first?.commandLine == "cxr test")
  }
}
