// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("Calibration")
struct CalibrationTests {
  @Test(
    "Agrees with scikit-learn and statsmodels", .enabled(if: Shared.isPresent),
    arguments: [200, 5000])
  func agreesWithReferences(count: Int) throws {
    let golden = try Golden.json("golden_calibration_n\(count).json")["results"]
    let table = try GoldenTables.table("pred_n\(count)")
    for model in ["a", "b"] {
      for label in Golden.labels {
        let column = try GoldenColumn(table, model: model, label: label)
        try expectAgreement(column, with: golden[model][label])
      }
    }
  }

  private func expectAgreement(_ column: GoldenColumn, with golden: GoldenJSON) throws {
    let (scores, labels) = (column.scores, column.labels)
    func expectClose(_ value: Double, _ key: String, _ tolerance: Double = 1e-12) throws {
      #expect(value.isClose(to: try golden[key].number, absolute: tolerance), "\(key)")
    }
    try expectClose(BrierScore(probabilities: scores, labels: labels).value, "brier")
    try expectClose(LogLoss(probabilities: scores, labels: labels).value, "log_loss_clip_1e6")

    let large = try CalibrationInTheLarge(probabilities: scores, labels: labels)
    try expectClose(large.meanPrediction, "mean_pred")
    try expectClose(large.prevalence, "prevalence")
    try expectClose(large.observedOverExpected, "observed_over_expected")
    // Iterations stop a little short of the optimum, in the reference too.
    try expectClose(large.intercept, "calibration_in_the_large", 1e-8)
    let slope = try CalibrationSlope(probabilities: scores, labels: labels)
    try expectClose(slope.slope, "calibration_slope", 1e-8)
    try expectClose(slope.intercept, "calibration_intercept_joint", 1e-8)
    // The reference takes its standard error from the weights before the last step.
    try expectClose(slope.standardError, "slope_se", 1e-6)

    let error = try ExpectedCalibrationError(probabilities: scores, labels: labels)
    try expectClose(error.value, "ece")
    try expectClose(error.maximum, "mce")
    #expect(error.bins.map(\.count) == (try golden["bins"].integers))
    for (index, bin) in error.bins.enumerated() {
      let (prediction, frequency) = (bin.meanPrediction ?? 0, bin.observedFrequency ?? 0)
      #expect(prediction.isClose(to: try golden["bin_mean_pred"][index].number, absolute: 1e-12))
      #expect(frequency.isClose(to: try golden["bin_mean_obs"][index].number, absolute: 1e-12))
    }

    let curve = try golden["decision_curve"]
    let thresholds = try curve.keys.compactMap { Double($0) }
    for point in try DecisionCurve(column.ranked(), thresholds: thresholds).points {
      let expected = try curve["\(point.threshold)"]
      let net = try expected["net_benefit"].number
      #expect(point.netBenefit.isClose(to: net, absolute: 1e-12))
      #expect(point.treatAll.isClose(to: try expected["treat_all"].number, absolute: 1e-12))
    }
  }

  @Test("Finds the distortion that was put in", arguments: [UInt64(1), 2])
  func findsDistortion(seed: UInt64) throws {
    // Outcomes follow p; the prediction's log odds are twice those of p, so the slope is one half.
    let stream = RandomStream(seed: seed, index: 0)
    let truth = (0..<20_000).map { 0.05 + 0.9 * stream.unit(at: 2 * $0) }
    let labels = truth.indices.map { stream.unit(at: 2 * $0 + 1) < truth[$0] }
    let predictions = truth.map { $0 * $0 / ($0 * $0 + (1 - $0) * (1 - $0)) }
    let slope = try CalibrationSlope(probabilities: predictions, labels: labels)
    #expect(abs(slope.slope - 0.5) < 5 * slope.standardError)
    #expect(slope.standardError < 0.02)
  }

  @Test("Debiasing removes most of the error that sampling adds", arguments: [UInt64(3), 4])
  func debiases(seed: UInt64) throws {
    // Perfectly calibrated, so the whole plug-in error is bias.
    var (plugIn, debiased, square) = (0.0, 0.0, 0.0)
    let rounds = 40
    for round in 0..<rounds {
      let stream = RandomStream(seed: seed, index: round)
      let truth = (0..<300).map { stream.unit(at: 2 * $0) }
      let labels = truth.indices.map { stream.unit(at: 2 * $0 + 1) < truth[$0] }
      let error = try ExpectedCalibrationError(probabilities: truth, labels: labels)
      plugIn += error.value / Double(rounds)
      debiased += error.debiased / Double(rounds)
      square += error.debiasedSquare / Double(rounds)
    }
    #expect(plugIn > 0.05)
    #expect(abs(debiased) < 0.6 * plugIn)
    #expect(abs(square) < 0.15 * plugIn * plugIn)
  }

  @Test("Bins hold their upper end, and the first holds 0")
  func binsHoldUpperEnd() throws {
    let error = try ExpectedCalibrationError(
      probabilities: [0, 0.25, 0.5, 0.75, 1], labels: [false, true, false, true, true], binCount: 4)
    #expect(error.bins.map(\.count) == [2, 1, 1, 1])
    #expect(error.bins[1].upper == 0.5 && error.bins[1].observedFrequency == 0)
    #expect(error.value.isClose(to: (0.75 + 0.5 + 0.25 + 0) / 5, absolute: 1e-15))
    #expect(error.maximum == 0.5)
  }

  @Test("Refuses what is no probability, and fits that do not exist")
  func refuses() throws {
    func code(_ body: () throws -> Void) -> StatisticsError.Code? {
      #expect(throws: StatisticsError.self) { try body() }?.code
    }
    #expect(code { _ = try BrierScore(probabilities: [], labels: []) } == .empty)
    #expect(code { _ = try LogLoss(probabilities: [1.2], labels: [true]) } == .invalidArgument)
    #expect(code { _ = try BrierScore(probabilities: [.nan], labels: [true]) } == .nonFinite)
    let labels = [false, false, true, true]
    #expect(
      code {
        _ = try CalibrationSlope(probabilities: [0.1, 0.2, 0.7, 0.9], labels: labels)
      } == .notConverged)
    #expect(
      code {
        _ = try CalibrationSlope(probabilities: [0.3, 0.3, 0.3, 0.3], labels: labels)
      } == .zeroVariance)
    #expect(
      code {
        _ = try CalibrationInTheLarge(probabilities: [0.3, 0.3], labels: [true, true])
      } == .noNegatives)
    let ranked = try RankedScores(scores: [0.1, 0.9], labels: [false, true])
    #expect(code { _ = try DecisionCurve(ranked, thresholds: [1]) } == .invalidArgument)
    let logits = try RankedScores(scores: [-4, 3], labels: [false, true])
    #expect(code { _ = try DecisionCurve(logits, thresholds: [0.5]) } == .invalidArgument)
  }
}
