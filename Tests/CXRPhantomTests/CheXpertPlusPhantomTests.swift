// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRPhantom
import CXRTestSupport
import Foundation
import Testing

@Suite("CheXpert Plus phantom")
struct CheXpertPlusPhantomTests {
  let folder: TemporaryFolder
  let truth: DatasetTruth
  let table: WrittenTable

  init() throws {
    folder = try TemporaryFolder()
    let written = try Phantom(size: .patients(120), seed: 5).write(
      to: folder.url.path, only: [.chexpert, .chexpertPlus])
    truth = try #require(written[.chexpertPlus])
    table = try WrittenTable(folder.path("chexpert-plus/df_chexpert_plus_240401.csv"))
  }

  /// The labels of a file by image path; `nil` for null.
  private func labels(_ name: String) throws -> [String: [String: Double?]] {
    let text = try String(
      contentsOfFile: folder.path("chexpert-plus/chexbert_labels/\(name)_fixed.json"),
      encoding: .utf8)
    return try text.split(separator: "\n").reduce(into: [:]) { labels, line in
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let path = try #require(object["path_to_image"] as? String)
      labels[path] = Dictionary(
        uniqueKeysWithValues: Finding.allCases.map { ($0.name, object[$0.name] as? Double) })
    }
  }

  @Test("The quirks of the rows are as many as the table shows")
  func rowQuirks() throws {
    let count = { (name: String) in truth.count(ofQuirk: name) }
    #expect(count("dicomPathBlank") == table["path_to_dcm"].count(where: \.isEmpty))
    #expect(count("findingsBlank") == table["section_findings"].count(where: \.isEmpty))
    #expect(count("impressionBlank") == table["section_impression"].count(where: \.isEmpty))
    #expect(count("literalLineBreak") == table["section_impression"].count { $0.contains("\\n") })
    #expect(count("quotedWords") == table["report"].count { $0.contains("\"") })
    #expect(table["report"].contains { $0.contains("\n") })
    let train = try WrittenTable(folder.path("chexpert/train.csv"))
    let original = Set(
      train["Path"].map { $0.split(separator: "/").dropFirst().joined(separator: "/") })
    #expect(count("rowMissing") == original.subtracting(table["path_to_image"]).count)
    let studies = Dictionary(
      grouping: table.records, by: { $0["section_accession_number"] ?? "" }
    ).mapValues { Set($0.map { ($0["path_to_image"] ?? "").split(separator: "/").dropLast() }) }
    #expect(
      count("accessionShared")
        == table["section_accession_number"].count { (studies[$0]?.count ?? 0) > 1 })
  }

  @Test("Every label file has a line per row, and the degenerate ones are counted")
  func labelQuirks() throws {
    let findings = try labels("findings")
    let impression = try labels("impression")
    #expect(Set(try labels("report").keys) == Set(table["path_to_image"]))
    #expect(Set(impression.keys) == Set(table["path_to_image"]))
    let isEmpty = Dictionary(
      uniqueKeysWithValues: zip(table["path_to_image"], table["section_findings"].map(\.isEmpty)))
    #expect(
      truth.count(ofQuirk: "findingsLabelsDegenerate")
        == findings.count { path, labels in
          isEmpty[path] == true && labels["No Finding"] == .some(1)
            && labels.count { $0.value != nil } == 1
        })
    let byStudy = Dictionary(grouping: impression) { entry in
      entry.key.split(separator: "/").dropLast().joined(separator: "/")
    }
    let differing = byStudy.values.count {
      Set($0.map { $0.value.description(of: Finding.allCases) }).count > 1
    }
    #expect(truth.count(ofQuirk: "labelsDifferWithinStudy") == differing && differing > 0)
  }

  @Test("The truth has the labels of the impressions")
  func truthIsTheImpressions() throws {
    let impression = try labels("impression")
    let words: [Double?: String] = [
      1: "positive", 0: "negative", -1: "uncertain", nil: "unmentioned",
    ]
    for row in try WrittenTable(folder.path("truth/chexpert-plus.csv")).records {
      let labels = try #require(impression[row["imageName"] ?? ""])
      for finding in Finding.allCases {
        #expect(row[finding.name] == words[labels[finding.name] ?? nil])
      }
    }
  }
}

extension [String: Double?] {
  /// The labels in a fixed order, to compare them.
  fileprivate func description(of findings: [Finding]) -> String {
    findings.map { "\(String(describing: self[$0.name]))" }.joined(separator: ",")
  }
}
