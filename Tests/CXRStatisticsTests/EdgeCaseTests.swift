// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport
import Testing

/// Small cases on which the usual tools disagree, fail, or return numbers for undefined results.
@Suite("Edge cases", .enabled(if: Shared.isPresent))
struct EdgeCaseTests {
  /// One case without the rows whose label is missing.
  private struct Case {
    let labels: [Bool]
    let a: [Double]
    let b: [Double]

    init(_ golden: GoldenJSON) throws {
      let y = try golden["y"].list.map { $0.isNull ? nil : try $0.integer }
      let rows = y.indices.filter { y[$0] == 0 || y[$0] == 1 }
      labels = rows.map { y[$0] == 1 }
      // A missing score arrives as NaN, as it would from a file.
      func scores(_ key: String) throws -> [Double] {
        let values = try golden[key].list.map { $0.isNull ? .nan : try $0.number }
        return rows.map { values[$0] }
      }
      a = try scores("a")
      b = try scores("b")
    }

    func comparison() throws -> AUROCComparison {
      try DeLong(scores: [a, b], labels: labels).comparison(of: 0, with: 1)
    }
  }

  private static let undefined = ["all_positive", "all_negative", "f1_no_positive", "nan_score"]

  private func edgeCase(_ name: String) throws -> Case {
    try Case(Golden.json("edge/edge_cases.json")[name])
  }

  @Test("Areas agree with scikit-learn wherever they are defined")
  func areasAgree() throws {
    let peers = try Golden.json("golden_edge_python.json")["cases"]
    for (name, golden) in try Golden.json("edge/edge_cases.json").object
    where !Self.undefined.contains(name) {
      let edge = try Case(golden)
      for (model, scores) in [("a", edge.a), ("b", edge.b)] {
        let auroc = try AUROC(scores: scores, labels: edge.labels).value
        let area = try peers[name]["sklearn_roc_auc_\(model)"]["value"].number
        #expect(auroc.isClose(to: area, absolute: 1e-15), "\(name)")
        let precision = try AveragePrecision(scores: scores, labels: edge.labels).value
        let expected = try peers[name]["sklearn_ap_\(model)"]["value"].number
        #expect(precision.isClose(to: expected, absolute: 1e-15), "\(name)")
      }
    }
  }

  @Test("Variances agree with pROC wherever they are defined and not zero")
  func variancesAgree() throws {
    let peers = try Golden.json("golden_edge_proc.json")
    var compared = 0
    for (name, golden) in try Golden.json("edge/edge_cases.json").object
    where !Self.undefined.contains(name) {
      let edge = try Case(golden)
      let result = try DeLong(scores: [edge.a, edge.b], labels: edge.labels)
      guard let comparison = try? result.comparison(of: 0, with: 1) else { continue }
      guard let statistic = comparison.statistic, !comparison.hasZeroVariance else { continue }
      let expected = try peers[name]["z"]["value"].number
      #expect(statistic.isClose(to: expected, absolute: 1e-12), "\(name)")
      compared += 1
    }
    #expect(compared == 9)
  }

  @Test("Tied scores give exactly one half, inverted ones exactly zero")
  func exactAreas() throws {
    let ties = try edgeCase("all_ties")
    #expect(try AUROC(scores: ties.a, labels: ties.labels).value == 0.5)
    let inverted = try edgeCase("perfect_inversion")
    #expect(try AUROC(scores: inverted.a, labels: inverted.labels).value == 0)
    let opposite = try edgeCase("opposite_models")
    let (a, b) = (
      try AUROC(scores: opposite.a, labels: opposite.labels),
      try AUROC(scores: opposite.b, labels: opposite.labels)
    )
    #expect(a.numerator + b.numerator == a.denominator)
  }

  @Test(
    "Without difference and variance z is 0 and p is 1",
    arguments: [
      "identical_models", "monotone_transform", "perfect_separation_both", "all_ties_both",
    ])
  func noDifference(name: String) throws {
    let comparison = try edgeCase(name).comparison()
    #expect(comparison.hasZeroVariance)
    #expect(comparison.statistic == 0 && comparison.pValue == 1 && comparison.interval == nil)
  }

  @Test("A separated class has no interval", arguments: ["perfect_separation_both"])
  func noIntervalAtOne(name: String) throws {
    let edge = try edgeCase(name)
    let result = try DeLong(scores: [edge.a], labels: edge.labels)
    #expect(result.aurocs[0].value == 1)
    #expect(throws: StatisticsError.self) { try result.interval(of: 0) }
  }

  @Test(
    "A single positive or negative has an area, but no variance",
    arguments: ["single_positive", "single_negative", "n2", "n2_tied"])
  func noVariance(name: String) throws {
    let edge = try edgeCase(name)
    let result = try DeLong(scores: [edge.a, edge.b], labels: edge.labels)
    let error = #expect(throws: StatisticsError.self) { try result.comparison(of: 0, with: 1) }
    #expect(error?.code == .zeroVariance)
  }

  @Test("What is undefined throws and says why")
  func undefinedThrows() throws {
    let positive = try edgeCase("all_positive")
    #expect(
      #expect(throws: StatisticsError.self) {
        try AUROC(scores: positive.a, labels: positive.labels)
      }?.code == .noNegatives)
    let precision = try AveragePrecision(scores: positive.a, labels: positive.labels)
    #expect(precision.value == 1 && precision.isTrivial)
    for name in ["all_negative", "f1_no_positive"] {
      let negative = try edgeCase(name)
      #expect(
        #expect(throws: StatisticsError.self) {
          try AveragePrecision(scores: negative.a, labels: negative.labels)
        }?.code == .noPositives)
      let ranked = try RankedScores(scores: negative.a, labels: negative.labels)
      #expect(throws: StatisticsError.self) { try MaxF1Threshold(ranked) }
    }
    let missing = try edgeCase("nan_score")
    let error = #expect(throws: StatisticsError.self) {
      try AUROC(scores: missing.a, labels: missing.labels)
    }
    #expect(error?.code == .nonFinite && error?.message.contains("row 3") == true)
  }

  @Test("Three thresholds with F1 exactly 2/3 are one tie")
  func exactTies() throws {
    let edge = try edgeCase("f1_threshold_ties")
    let best = try MaxF1Threshold(RankedScores(scores: edge.a, labels: edge.labels))
    #expect(best.threshold == 0.2 && best.highestTiedThreshold == 0.8 && best.tiedCount == 3)
  }
}
