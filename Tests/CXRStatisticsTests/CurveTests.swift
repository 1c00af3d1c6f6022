// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("Curves and the areas under them")
struct CurveTests {
  @Test(
    "Partial AUROC agrees with pROC", .enabled(if: Shared.isPresent),
    arguments: GoldenTables.predictions)
  func partialAgreesWithPROC(name: String) throws {
    let golden = try Golden.json("golden_proc_\(name).json")["partial_auc"]
    let column = try GoldenColumn(GoldenTables.table(name), model: "a", label: "Effusion")
    let partial = try PartialAUROC(column.ranked(), specificity: 0.9...1)
    #expect(partial.raw.isClose(to: try golden["raw"].number, absolute: 1e-12))
    #expect(partial.standardized.isClose(to: try golden["mcclish"].number, absolute: 1e-12))
  }

  @Test("Partial AUROC over the whole range is the AUROC", arguments: [UInt64(1), 2, 3])
  func partialOverAllIsWhole(seed: UInt64) throws {
    let table = Simulated(seed: seed, count: 80, levels: 12)
    let ranked = try RankedScores(scores: table.scores[0], labels: table.labels)
    let partial = try PartialAUROC(ranked, specificity: 0...1)
    let whole = try AUROC(ranked).value
    // Eighty trapezoids against one division.
    #expect(partial.raw.isClose(to: whole, absolute: 1e-14))
    #expect(partial.standardized.isClose(to: whole, absolute: 1e-14))
  }

  @Test("Partial AUROC refuses ranges that are none", arguments: [0.5...0.5, -0.1...1, 0...1.5])
  func partialRefusesRanges(range: ClosedRange<Double>) throws {
    let ranked = try RankedScores(scores: [0, 1], labels: [false, true])
    let error = #expect(throws: StatisticsError.self) {
      try PartialAUROC(ranked, specificity: range)
    }
    #expect(error?.code == .invalidArgument)
  }

  @Test("The curves list every distinct score as threshold")
  func listThresholds() throws {
    let ranked = try RankedScores(
      scores: [0.9, 0.8, 0.8, 0.4, 0.1], labels: [true, false, true, false, false])
    let roc = try ROCCurve(ranked).points
    #expect(roc.map(\.threshold) == [.infinity, 0.9, 0.8, 0.4, 0.1])
    #expect(roc.map(\.tpr) == [0, 0.5, 1, 1, 1])
    #expect(roc.map(\.fpr) == [0, 0, 1.0 / 3, 2.0 / 3, 1])
    let precisionRecall = try PrecisionRecallCurve(ranked)
    #expect(precisionRecall.points.map(\.precision) == [1, 2.0 / 3, 0.5, 0.4])
    #expect(precisionRecall.points.map(\.recall) == [0.5, 1, 1, 1])
    // Half a unit of recall at precision 1, half between 1 and 2/3.
    #expect(precisionRecall.trapezoidArea.isClose(to: 0.5 + 5.0 / 12, absolute: 1e-15))
    #expect(try AveragePrecision(ranked).value.isClose(to: 0.5 + 1.0 / 3, absolute: 1e-15))
  }

  @Test("Without negatives average precision is 1 and says that this means nothing")
  func flagsTrivialPrecision() throws {
    let trivial = try AveragePrecision(scores: [0.2, 0.1], labels: [true, true])
    #expect(trivial.value == 1 && trivial.isTrivial)
    let plain = try AveragePrecision(scores: [0.2, 0.1], labels: [true, false])
    #expect(plain.value == 1 && !plain.isTrivial)
  }

  @Test("Curves are undefined without the classes they need")
  func refuseMissingClasses() throws {
    let noPositives = try RankedScores(scores: [0.1, 0.2], labels: [false, false])
    let noNegatives = try RankedScores(scores: [0.1, 0.2], labels: [true, true])
    #expect(throws: StatisticsError.self) { try ROCCurve(noPositives) }
    #expect(throws: StatisticsError.self) { try ROCCurve(noNegatives) }
    #expect(throws: StatisticsError.self) { try PrecisionRecallCurve(noPositives) }
    #expect(throws: StatisticsError.self) { try AveragePrecision(noPositives) }
    #expect(try PrecisionRecallCurve(noNegatives).points.count == 2)
  }
}
