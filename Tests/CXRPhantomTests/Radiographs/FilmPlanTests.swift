// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRTestSupport
import Foundation
import Testing

@testable import CXRPhantom

@Suite("Film plan")
struct FilmPlanTests {
  private static let datasets: [PhantomDataset] = [
    .mimicCXR, .chexpert, .nih, .padchest, .vindrCXR,
  ]

  @Test("What a picture shows is what the truth says of it", arguments: datasets)
  func followsTheTruth(_ dataset: PhantomDataset) throws {
    let folder = try TemporaryFolder()
    var plan: FilmPlan? = FilmPlan(dataset: dataset, side: 64, seed: 5)
    try makeFolder(folder.path("truth"))
    _ = try Phantom(size: .patients(80), seed: 5).writeTables(
      of: dataset, to: folder.url.path, films: &plan
    ) { _ in }
    let films = try #require(plan?.films)
    let table = try WrittenTable(folder.path("truth/\(dataset.rawValue).csv"))
    let rows = Dictionary(uniqueKeysWithValues: table.records.map { ($0["imageName"] ?? "", $0) })
    var matched = 0
    for film in films {
      let name = film.path.split(separator: "/").last.map(String.init) ?? ""
      let stem = name.prefix { $0 != "." }
      guard let row = rows[film.path] ?? rows[name] ?? rows[String(stem)] else { continue }
      matched += 1
      let record = film.radiograph.record
      for finding in Finding.allCases where finding != .noFinding {
        let grade = record.grades[finding] ?? 0
        switch row[finding.name] {
        case "positive": #expect(grade >= 0.4)
        case "uncertain": #expect((0.1...0.3).contains(grade))
        case "negative", "unmentioned": #expect(grade == 0, "\(finding)")
        // What the labels leave out may show all the same.
        default: break
        }
      }
      if let sex = row["sex"], !sex.isEmpty { #expect(record.sex?.rawValue == sex) }
      if let race = row["race"], !race.isEmpty { #expect(record.race?.rawValue == race) }
      if let view = View(rawValue: row["view"] ?? ""), view != .other, view != .unknown {
        #expect(record.view == view)
      }
      if let age = Double(row["ageYears"] ?? "") { #expect(record.ageYears == age) }
    }
    #expect(matched == table.rows.count)
  }

  @Test("A radiograph of CheXpert Plus is drawn as CheXpert's")
  func plusShowsCheXpert() throws {
    let folder = try TemporaryFolder()
    try makeFolder(folder.path("truth"))
    var films: [[String: PhantomRadiograph]] = []
    for dataset in [PhantomDataset.chexpert, .chexpertPlus] {
      var plan: FilmPlan? = FilmPlan(dataset: dataset, side: 64, seed: 5)
      _ = try Phantom(size: .patients(40), seed: 5).writeTables(
        of: dataset, to: folder.url.path, films: &plan
      ) { _ in }
      films.append(
        Dictionary(
          uniqueKeysWithValues: (plan?.films ?? []).map {
            (String($0.path.split(separator: "PNG/").joined().prefix { $0 != "." }), $0.radiograph)
          }))
    }
    #expect(!films[1].isEmpty)
    for (path, radiograph) in films[1] {
      let original = try #require(films[0][path], "\(path)")
      #expect(original.record == radiograph.record && original.seed == radiograph.seed)
      #expect(original.film == radiograph.film && original.patient == radiograph.patient)
    }
  }

  @Test("The shorter side has the size asked for, the other follows")
  func sizes() {
    let plan = FilmPlan(dataset: .padchest, side: 224, seed: 1)
    #expect(plan.size((2_991, 2_992)) == (224, 224))
    #expect(plan.size((3_520, 4_280)) == (224, 272))
    #expect(plan.size((3_056, 2_544)) == (269, 224))
  }

  @Test("Patients with the same number in two datasets are different people")
  func datasetsDiffer() {
    let seeds = Self.datasets.map { dataset in
      var plan = FilmPlan(dataset: dataset, side: 64, seed: 1)
      plan.append(
        FilmPlan.Entry(
          path: "a.jpg", patient: 1, study: 0, film: 0, person: (50, .male, nil), view: .pa,
          findings: StudyFindings(allAre: .negative), nativeSize: (100, 100), format: .jpeg))
      return plan.films[0].radiograph.seed
    }
    #expect(Set(seeds).count == seeds.count)
  }

  @Test("Damage spoils a file and leaves the length of an altered one")
  func damages() {
    let bytes = (0..<100).map { UInt8($0) }
    #expect(FilmDamage.truncated.apply(to: bytes) == Array(bytes.prefix(60)))
    #expect(FilmDamage.empty.apply(to: bytes).isEmpty)
    let altered = FilmDamage.altered.apply(to: bytes)
    #expect(altered.count == 100 && zip(altered, bytes).count { $0 != $1 } == 16)
  }

  @Test("Damage is as rare as in the official dataset, beside the three exemplars")
  func damageIsRare() {
    let damaged = (1...40_000).count {
      FilmDamage.draw(patient: $0, film: 1, seed: 5) != nil
    }
    // 15.7 are expected of 40,000; 99.9 % of Poisson draws lie within these bounds.
    #expect((4...31).contains(damaged))
    #expect([3, 6, 9].allSatisfy { FilmDamage.draw(patient: $0, film: 0, seed: 5) != nil })
  }
}
