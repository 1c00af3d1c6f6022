// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXREvaluation
import CXRFairness
import CXRStatistics
import Testing

@Suite("Label policies in use")
struct LabelPolicyUseTests {
  private static let states: [LabelState] = [
    .positive, .negative, .uncertain, .unmentioned, .unmentioned, .unannotated,
  ]
  private static let scores: [Double?] = [0.9, 0.1, 0.5, 0.3, 0.2, 0.4]

  /// Six radiographs with the same states of three labels; the fourth has No Finding.
  private func table(noFinding: [LabelState]?) -> PredictionTable {
    let labels = ["Edema", "Support Devices", "Scar"]
    return PredictionTable(
      patients: Array(0..<6), sexes: Array(repeating: nil, count: 6),
      races: Array(repeating: nil, count: 6), agesYears: Array(repeating: nil, count: 6),
      views: Array(repeating: .pa, count: 6),
      labels: labels.map { .init(name: $0, states: Self.states) }, noFindingStates: noFinding,
      models: [
        .init(
          name: "m", scores: Dictionary(uniqueKeysWithValues: labels.map { ($0, Self.scores) }),
          thresholds: [:])
      ])
  }

  private static let normal: [LabelState] = [
    .unmentioned, .unmentioned, .unmentioned, .positive, .unmentioned, .unannotated,
  ]

  @Test(
    "Evaluation and fairness use the same radiographs",
    arguments: [
      ("u-zeros", [[0, 1, 2, 3, 4], [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]]),
      ("u-ignore", [[0, 1, 3, 4], [0, 1, 3, 4], [0, 1, 3, 4]]),
      ("u-ignore,Edema=u-ones", [[0, 1, 2, 3, 4], [0, 1, 3, 4], [0, 1, 3, 4]]),
      ("explicit-only", [[0, 1], [0, 1], [0, 1]]),
      ("explicit-only+no-finding", [[0, 1, 3], [0, 1], [0, 1]]),
    ])
  func rows(_ policy: String, _ expected: [[Int]]) throws {
    let policy = try LabelPolicy(policy)
    let table = table(noFinding: Self.normal)
    let sample = try FairnessSample(table, policy: policy)
    for label in table.labels.indices {
      let scored = try ScoredLabel(label: label, models: [0], in: table, policy: policy)
      #expect(scored.rows == expected[label])
      #expect(scored.targets.first == true && !scored.targets.dropFirst(3).contains(true))
      #expect(sample.models[0].rankings[label].count == expected[label].count)
    }
  }

  @Test("Without a column of No Finding nothing is propagated")
  func withoutColumn() throws {
    let policy = try LabelPolicy("explicit-only+no-finding")
    let scored = try ScoredLabel(
      label: 0, models: [0], in: table(noFinding: nil), policy: policy)
    #expect(scored.rows == [0, 1])
  }
}
