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
    // Scores that are no probabilities have none of these.
    let brier = try? BrierScore(probabilities: scored.scores, labels: scored.targets)
    let ece = try? ExpectedCalibrationError(probabilities: scored.scores, labels: scored.targets)
    let slope = try? CalibrationSlope(probabilities: scored.scores, labels: scored.targets)
    let large = try? CalibrationInTheLarge(probabilities: scored.scores, labels: scored.targets)
    return EvaluationDocument.Label(
      label: cell.name, n: ranked.count, patients: Set(scored.rows.map(patient)).count,
      positives: ranked.positiveCount,
      auroc: estimator.estimate(
        auroc, of: .auroc, ranked: ranked, undefinedBecause: classReason(needsNegatives: true)),
      auprc: estimator.estimate(
        auprc, of: .averagePrecision, ranked: ranked,
        undefinedBecause: classReason(needsNegatives: false)),
      threshold: cell.threshold, f1: try? matrix?.f1,
      sensitivity: rate(confusion.truePositiveRate, "there are no positives"),
      specificity: rate(confusion.trueNegativeRate, "there are no negatives"),
      ppv: rate(confusion.positivePredictiveValue, "nothing is called positive"),
      npv: rate(confusion.negativePredictiveValue, "nothing is called negative"),
      mcc: try? matrix?.mcc, brier: brier?.value, ece: ece?.value,
      calibrationSlope: slope?.slope, calibrationIntercept: large?.intercept,
      reason: reason)
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

  private var reason: String? {
    if cell.threshold == nil { return "no threshold: import or select one" }
    if cell.ranked.positiveCount == 0 { return "there are no positives" }
    return cell.ranked.negativeCount == 0 ? "there are no negatives" : nil
  }

  private func classReason(needsNegatives: Bool) -> String {
    cell.ranked.positiveCount == 0 ? "there are no positives" : "there are no negatives"
  }

  private func rate(_ distribution: ResampledDistribution, _ reason: String) -> Estimate {
    guard cell.threshold != nil else {
      return .undefined("no threshold: import or select one")
    }
    return estimator.estimate(distribution, undefinedBecause: reason)
  }

  private func patient(of row: Int) -> Int { estimator.patients[row] }
}
