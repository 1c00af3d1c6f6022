// SPDX-License-Identifier: Apache-2.0
import CXRPhantom
import CXRTestSupport
import Testing

@Suite("Simulated models")
struct SimulatedModelTests {
  /// One radiograph with the two models' scores for one label.
  struct Case {
    let isPositive: Bool
    let isFemale: Bool
    let isYoung: Bool
    let score: Double
  }

  static let labels = [
    "Atelectasis", "Cardiomegaly", "Consolidation", "Edema", "Effusion", "Emphysema", "Fibrosis",
    "Hernia", "Infiltration", "Mass", "No Finding", "Nodule", "Pleural_Thickening", "Pneumonia",
    "Pneumothorax",
  ]

  static func cases(_ file: NIHPhantom.File, label: String) throws -> [Case] {
    let column = try #require(labels.firstIndex(of: label)) + 1
    let metadata = Dictionary(
      uniqueKeysWithValues: phantom.rows(of: .dataEntry2020).map { ($0[0], $0) })
    return try phantom.rows(of: file).map { row in
      let facts = try #require(metadata[row[0]])
      return Case(
        isPositive: facts[1].split(separator: "|").contains { $0 == label },
        isFemale: facts[5] == "F", isYoung: try #require(Int(facts[4])) < 40,
        score: try #require(Double(row[column])))
    }
  }

  /// The share of (positive, negative) pairs in the right order, ties counting half.
  static func auroc(_ cases: [Case]) -> Double {
    var (below, twice, pairs) = (0, 0, 0)
    let groups = Dictionary(grouping: cases, by: \.score).sorted { $0.key < $1.key }
    for (_, tied) in groups {
      let positives = tied.count(where: \.isPositive)
      let negatives = tied.count - positives
      twice += positives * (2 * below + negatives)
      below += negatives
      pairs += positives
    }
    return Double(twice) / 2 / Double(pairs * below)
  }

  /// The share of radiographs with a finding that are scored as having none.
  static func underdiagnosisRate(_ cases: [Case], where holds: (Case) -> Bool) -> Double {
    cases.filter { !$0.isPositive && holds($0) }.share { $0.score >= 0.45 }
  }

  // Φ(skill / √2) for the skills that the models state; 0.05 covers four standard errors of the
  // rarest of these labels at 1,500 patients.
  @Test(
    "The models are as skilful as they state",
    arguments: [
      ("Effusion", 0.83, 0.856), ("Infiltration", 0.70, 0.736), ("Atelectasis", 0.77, 0.80),
    ]
  )
  func haveTheirSkill(label: String, a: Double, b: Double) throws {
    let aurocA = Self.auroc(try Self.cases(.predictionsA, label: label))
    let aurocB = Self.auroc(try Self.cases(.predictionsB, label: label))
    #expect(aurocA.isClose(to: a, absolute: 0.05))
    #expect(aurocB.isClose(to: b, absolute: 0.05))
    #expect(aurocB > aurocA)
  }

  @Test("Model a overlooks findings in women and below 40; model b does so less")
  func haveTheirGaps() throws {
    let a = try Self.cases(.predictionsA, label: "No Finding")
    let b = try Self.cases(.predictionsB, label: "No Finding")
    let rate = Self.underdiagnosisRate
    let (sexGapA, sexGapB) = (
      rate(a) { $0.isFemale } - rate(a) { !$0.isFemale },
      rate(b) { $0.isFemale } - rate(b) { !$0.isFemale }
    )
    let (ageGapA, ageGapB) = (
      rate(a) { $0.isYoung } - rate(a) { !$0.isYoung },
      rate(b) { $0.isYoung } - rate(b) { !$0.isYoung }
    )
    #expect(sexGapA > 0.08 && sexGapB < sexGapA - 0.04)
    #expect(ageGapA > 0.10 && ageGapB < ageGapA - 0.04)
  }

  @Test("A patient's scores are alike: noise is shared within patients")
  func havePatientEffects() throws {
    let effusion = try #require(Self.labels.firstIndex(of: "Effusion")) + 1
    let labels = Dictionary(
      uniqueKeysWithValues: phantom.rows(of: .dataEntry2020).map { ($0[0], $0[1]) })
    // Negative radiographs only, so that likeness comes from noise and not from disease.
    let rows = phantom.rows(of: .predictionsA).filter {
      !(labels[$0[0]] ?? "").split(separator: "|").contains { $0 == "Effusion" }
    }
    let ranked = rows.sorted { $0[effusion] < $1[effusion] }
    let rank = Dictionary(uniqueKeysWithValues: ranked.enumerated().map { ($1[0], $0) })
    let neighbours = zip(rows, rows.dropFirst()).filter { $0[0].prefix(8) == $1[0].prefix(8) }
    let distance = neighbours.reduce(0) { $0 + abs((rank[$1.0[0]] ?? 0) - (rank[$1.1[0]] ?? 0)) }
    // Two unrelated ranks are a third of the range apart on average.
    let relative = Double(distance) / Double(neighbours.count) / Double(rows.count)
    #expect(relative < 0.32)
  }
}
