// SPDX-License-Identifier: Apache-2.0
internal import CXRStatistics

/// Everything that is reported about one model on one label.
struct LabelEvaluation {
  private let cell: EvaluatedLabel
  private let auroc: ResampledDistribution
  private let auprc: ResampledDistribution
  private let confusion: ResampledConfusion
  private let estimator: IntervalEstimator

  init(
    _ cell: EvaluatedLabel, auroc: ResampledDistribution, auprc: ResampledDistribution,
    confusion: ResampledConfusion, estimator: IntervalEstimator
  ) {
    self.cell = cell
    self.auroc = auroc
    self.auprc = auprc
    self.confusion = confusion
    self.estimator = estimator
  }

  var result: EvaluationDocument.Label {
    guard case .success(let scored) = cell.scored else { return undefined }
    let ranked = cell.ranked
    let matrix = cell.threshold.map { ConfusionMatrix(ranked, threshold: $0) }
    var reasons = Reasons(cell)
    let probabilities = (scored.scores, scored.targets)
    return EvaluationDocument.Label(
      label: cell.name, n: ranked.count,
      patients: Set(scored.rows.map { estimator.patients[$0] }).count,
      positives: ranked.positiveCount,
      auroc: estimator.estimate(
        auroc, of: .auroc, ranked: ranked, undefinedBecause: classReason(needsNegatives: true)),
      auprc: estimator.estimate(
        auprc, of: .averagePrecision, ranked: ranked,
        undefinedBecause: classReason(needsNegatives: false)),
      threshold: cell.threshold,
      f1: reasons.value("F1") { () throws(StatisticsError) in try matrix?.f1 },
      sensitivity: rate(
        confusion.truePositiveRate, of: ranked.positiveCount, "there are no positives"),
      specificity: rate(
        confusion.trueNegativeRate, of: ranked.negativeCount, "there are no negatives"),
      ppv: rate(
        confusion.positivePredictiveValue, of: matrix?.predictedPositives ?? 0,
        "nothing is called positive"),
      npv: rate(
        confusion.negativePredictiveValue, of: matrix?.predictedNegatives ?? 0,
        "nothing is called negative"),
      mcc: reasons.value("MCC") { () throws(StatisticsError) in try matrix?.mcc },
      brier: reasons.value("Brier score") { () throws(StatisticsError) in
        try BrierScore(probabilities: probabilities.0, labels: probabilities.1).value
      },
      ece: reasons.value("calibration error") { () throws(StatisticsError) in
        try ExpectedCalibrationError(probabilities: probabilities.0, labels: probabilities.1).value
      },
      calibrationSlope: reasons.value("calibration slope") { () throws(StatisticsError) in
        try CalibrationSlope(probabilities: probabilities.0, labels: probabilities.1).slope
      },
      calibrationIntercept: reasons.value("calibration in the large") {
        () throws(StatisticsError) in
        try CalibrationInTheLarge(probabilities: probabilities.0, labels: probabilities.1)
          .intercept
      },
      reason: reasons.text)
  }

  /// Collects why numbers of a label are undefined.
  private struct Reasons {
    private var texts: [String] = []

    init(_ cell: EvaluatedLabel) {
      if cell.threshold == nil { texts.append("no threshold: import or select one") }
    }

    /// Computes a number, or notes why there is none.
    mutating func value(
      _ name: String, _ body: () throws(StatisticsError) -> Double?
    ) -> Double? {
      do throws(StatisticsError) {
        return try body()
      } catch {
        texts.append("no \(name): \(error.message)")
        return nil
      }
    }

    var text: String? { texts.isEmpty ? nil : texts.joined(separator: "; ") }
  }

  private var undefined: EvaluationDocument.Label {
    let reason = cell.reason ?? ""
    let none = Estimate.undefined(reason)
    return EvaluationDocument.Label(
      label: cell.name, n: 0, patients: 0, positives: 0, auroc: none, auprc: none,
      threshold: cell.threshold, f1: nil, sensitivity: none, specificity: none, ppv: none,
      npv: none, mcc: nil, brier: nil, ece: nil, calibrationSlope: nil,
      calibrationIntercept: nil, reason: reason)
  }

  private func classReason(needsNegatives: Bool) -> String {
    cell.ranked.positiveCount == 0 ? "there are no positives" : "there are no negatives"
  }

  private func rate(
    _ distribution: ResampledDistribution, of count: Int, _ reason: String
  ) -> Estimate {
    guard cell.threshold != nil else {
      return .undefined("no threshold: import or select one")
    }
    return estimator.rate(distribution, of: count, undefinedBecause: reason)
  }
}
