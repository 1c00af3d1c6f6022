// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRPhantom
import CXRTestSupport
import Foundation
import Testing

@Suite("CheXpert phantom")
struct CheXpertPhantomTests {
  let folder: TemporaryFolder
  let truth: DatasetTruth
  let train: WrittenTable
  let demographics: WrittenTable

  init() throws {
    folder = try TemporaryFolder()
    var layout = PhantomLayout()
    layout.demographics = .text
    let written = try Phantom(size: .patients(150), seed: 5, layout: layout).write(
      to: folder.url.path, only: [.chexpert])
    truth = try #require(written[.chexpert])
    train = try WrittenTable(folder.path("chexpert/train.csv"))
    demographics = try WrittenTable(folder.path("chexpert/chexpert_patients.csv"))
  }

  private static func patient(_ path: String) -> Substring { path.split(separator: "/")[2] }

  @Test("The quirks of the rows are as many as train.csv shows")
  func rowQuirks() throws {
    let count = { (name: String) in truth.count(ofQuirk: name) }
    let frontal = train.records.filter { $0["Frontal/Lateral"] == "Frontal" }
    #expect(count("frontalLL") == frontal.count { $0["AP/PA"] == "LL" })
    #expect(count("frontalRL") == frontal.count { $0["AP/PA"] == "RL" })
    #expect(
      truth.droppedByReason == [
        "frontal with a lateral AP/PA code": frontal.count {
          !["AP", "PA"].contains($0["AP/PA"])
        }
      ])
    let valid = try WrittenTable(folder.path("chexpert/valid.csv"))
    let all = train.records + valid.records
    #expect(count("laterals") == all.count { $0["Frontal/Lateral"] == "Lateral" })
    #expect(all.allSatisfy { ($0["Frontal/Lateral"] == "Lateral") == ($0["AP/PA"] == "") })
    #expect(count("ageTopCoded") == all.count { $0["Age"] == "90" })
    #expect(
      count("noFindingWithDevices")
        == all.count { $0["No Finding"] == "1.0" && $0["Support Devices"] == "1.0" })
    let names = Finding.allCases.map(\.name)
    #expect(
      count("nothingSaid")
        == all.count { row in names.allSatisfy { ["", "0.0"].contains(row[$0]) } })
    #expect(truth.recordCount == all.count)
    #expect(
      valid.records.allSatisfy { row in names.allSatisfy { ["0.0", "1.0"].contains(row[$0]) } })
  }

  @Test("No Finding stands beside nothing positive but devices, and is never denied")
  func noFinding() {
    for row in train.records where row["No Finding"] == "1.0" {
      let others = Finding.allCases.filter { $0 != .noFinding && $0 != .supportDevices }
      #expect(others.allSatisfy { !["1.0", "-1.0"].contains(row[$0.name]) })
    }
    #expect(Set(train["No Finding"]) == ["", "1.0"])
  }

  @Test("The quirks of the studies are as many as train.csv shows")
  func studyQuirks() throws {
    let valid = try WrittenTable(folder.path("chexpert/valid.csv"))
    let byStudy = Dictionary(grouping: train.rows + valid.rows) { row in
      row[0].split(separator: "/").dropLast().joined(separator: "/")
    }
    let kept = byStudy.values.filter { $0.contains { ["AP", "PA", ""].contains($0[4]) } }
    #expect(kept.count == truth.studyCount)
    #expect(
      truth.count(ofQuirk: "labelsAllBlank")
        == byStudy.values.count { $0[0].dropFirst(5).allSatisfy(\.isEmpty) })
    #expect(
      truth.count(ofQuirk: "twoFrontals")
        == byStudy.values.count { rows in rows.count { $0[3] == "Frontal" } > 1 })
    #expect(byStudy.values.allSatisfy { Set($0.map { $0.dropFirst(5) }).count == 1 })
    let numbers = train.rows.map { row -> (Substring, Int) in
      let parts = row[0].split(separator: "/")
      return (parts[2], Int(parts[3].dropFirst(5)) ?? 0)
    }
    let disordered = zip(numbers, numbers.dropFirst()).filter { $0.0 == $1.0 && $0.1 > $1.1 }
    #expect(truth.count(ofQuirk: "studiesOutOfOrder") == Set(disordered.map(\.0.0)).count)
  }

  @Test("The quirks of the patients are as many as the demographics show")
  func patientQuirks() throws {
    let valid = try WrittenTable(folder.path("chexpert/valid.csv"))
    let rows = train.records + valid.records
    let patients = Set(rows.map { String(Self.patient($0["Path"] ?? "")) })
    let listed = demographics["PATIENT"].map { $0.trimmingCharacters(in: .whitespaces) }
    let count = { (name: String) in truth.count(ofQuirk: name) }
    #expect(count("notInDemographics") == patients.subtracting(listed).count)
    #expect(count("demographicsOnly") == Set(listed).subtracting(patients).count)
    #expect(count("spacesInDemographics") == demographics["PATIENT"].count { $0.first == " " })
    let races = demographics["PRIMARY_RACE"].map { $0.trimmingCharacters(in: .whitespaces) }
    #expect(count("raceBlank") == races.count(where: \.isEmpty))
    #expect(count("ethnicityBlank") == demographics["ETHNICITY"].count(where: \.isEmpty))
    #expect(count("nonHispanicInRace") == races.count { $0.hasSuffix(", non-Hispanic") })
    #expect(
      count("hispanicInRaceOnly")
        == zip(races, demographics["ETHNICITY"]).count {
          $0.hasSuffix(", Hispanic") && $1 != "Hispanic/Latino" && $1 != "Hispanic"
        })
    let withoutSex = rows.filter { $0["Sex"] == "Unknown" }.map { Self.patient($0["Path"] ?? "") }
    #expect(count("sexUnknown") == Set(withoutSex).count)
    let withoutAge = rows.filter { $0["Age"] == "0" }.map { Self.patient($0["Path"] ?? "") }
    #expect(count("ageZero") == Set(withoutAge).count)
  }

  @Test("Who is Hispanic by either column is Hispanic in the truth, and nobody else")
  func hispanic() throws {
    let hispanic = zip(demographics.rows, demographics["ETHNICITY"]).filter { row, ethnicity in
      ["Hispanic/Latino", "Hispanic"].contains(ethnicity)
        || row[3].trimmingCharacters(in: .whitespaces).hasSuffix(", Hispanic")
    }
    let names = Set(hispanic.map { $0.0[0].trimmingCharacters(in: .whitespaces) })
    let table = try WrittenTable(folder.path("truth/chexpert.csv"))
    for row in table.records {
      #expect((row["race"] == "Hispanic") == names.contains(row["patient"] ?? ""))
    }
  }

  @Test("The other root and the workbook are written when asked for")
  func variants() throws {
    var layout = PhantomLayout()
    layout.chexpertRoot = .full
    _ = try Phantom(size: .patients(5), seed: 5, layout: layout).write(
      to: folder.path("full"), only: [.chexpert])
    let table = try WrittenTable(folder.path("full/chexpert/train.csv"))
    #expect(table["Path"].allSatisfy { $0.hasPrefix("CheXpert-v1.0/train/") })
    #expect(train["Path"].allSatisfy { $0.hasPrefix("CheXpert-v1.0-small/train/") })
    let workbook = try Data(
      contentsOf: URL(filePath: folder.path("full/chexpert/CHEXPERT DEMO.xlsx")))
    #expect(workbook.prefix(2) == Data("PK".utf8))
  }
}
