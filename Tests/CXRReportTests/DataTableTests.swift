// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTestSupport
import Testing

@testable import CXRReport

@Suite("CSV tables")
struct DataTableTests {
  private let folder: TemporaryFolder
  private let tables =
    MadeUpStudy.evaluation.dataTables + MadeUpStudy.comparison.dataTables
    + MadeUpStudy.audit.dataTables

  init() throws { folder = try TemporaryFolder() }

  @Test("Every table reads back field by field")
  func rereads() throws {
    for table in tables {
      let reader = try CSVReader(path: folder.write(table.text, to: "\(table.name).csv"))
      var record = TableRecord()
      var rows: [[String]] = []
      while try reader.read(into: &record) { rows.append(record.strings) }
      #expect(rows == [table.header] + table.rows)
      #expect(table.rows.allSatisfy { $0.count == table.header.count })
    }
  }

  @Test("Each attribute has its files")
  func names() {
    #expect(
      tables.map(\.name) == [
        "auroc", "auprc", "decisions", "calibration", "macro", "comparison", "groups-sex-age",
        "group-labels-sex-age", "gaps", "gap-differences",
      ])
  }

  @Test("Numbers are written in full, undefined ones are empty beside a reason")
  func precision() throws {
    let table = DataTable(name: "t", header: ["n"], rows: [[CSVField.number(0.1 + 0.2)]])
    #expect(table.text == "n\n0.30000000000000004\n")
    let auroc = try #require(tables.first { $0.name == "auroc" })
    #expect(auroc.rows[2].suffix(4) == ["", "", "", "no positive radiographs"])
  }

  @Test("A suppressed group gives away no count")
  func suppression() throws {
    let groups = try #require(tables.first { $0.name == "groups-sex-age" })
    let row = try #require(groups.rows.first { $0[2] == "X" })
    #expect(Set(row.dropFirst(3).dropLast()) == [""])
    #expect(row.last == "suppressed: <10 radiographs")
  }

  @Test("File names are plain and distinct")
  func fileNames() {
    #expect(
      FileName.unique(["sex*age", "sex age", "../../etc", "é", "?"])
        == ["sex-age", "sex-age-2", "etc", "attribute", "attribute-2"])
  }
}
