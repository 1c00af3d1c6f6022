// SPDX-License-Identifier: Apache-2.0

/// How well each model does on each label: what `cxr evaluate --json` prints.
public struct EvaluationDocument: Codable, Hashable, Sendable {
  /// One model on one label.
  public struct Label: Codable, Hashable, Sendable {
    /// The label's name.
    public let label: String
    /// The number of radiographs with a target and a score.
    public let n: Int
    /// The number of patients among them.
    public let patients: Int
    /// The number of positive radiographs.
    public let positives: Int
    /// The area under the ROC curve.
    public let auroc: Estimate
    /// The average precision (step-wise area under the precision–recall curve).
    public let auprc: Estimate
    /// The decision threshold; positive means score ≥ threshold.
    @NullEncoded public var threshold: Double?
    /// F1 at the threshold.
    @NullEncoded public var f1: Double?
    /// The true-positive rate at the threshold.
    public let sensitivity: Estimate
    /// The true-negative rate at the threshold.
    public let specificity: Estimate
    /// The share of positive calls that are right.
    public let ppv: Estimate
    /// The share of negative calls that are right.
    public let npv: Estimate
    /// Matthews' correlation coefficient at the threshold.
    @NullEncoded public var mcc: Double?
    /// The mean squared error of the scores read as probabilities.
    @NullEncoded public var brier: Double?
    /// The expected calibration error over 15 equal-width bins.
    @NullEncoded public var ece: Double?
    /// The slope of the logistic recalibration; 1 is ideal.
    @NullEncoded public var calibrationSlope: Double?
    /// Calibration in the large, on the logit scale; 0 is ideal.
    @NullEncoded public var calibrationIntercept: Double?
    /// Why a number of this label is undefined.
    public var reason: String?

    /// Creates a label's results.
    public init(
      label: String, n: Int, patients: Int, positives: Int, auroc: Estimate, auprc: Estimate,
      threshold: Double?, f1: Double?, sensitivity: Estimate, specificity: Estimate,
      ppv: Estimate, npv: Estimate, mcc: Double?, brier: Double?, ece: Double?,
      calibrationSlope: Double?, calibrationIntercept: Double?, reason: String?
    ) {
      self.label = label
      self.n = n
      self.patients = patients
      self.positives = positives
      self.auroc = auroc
      self.auprc = auprc
      self.threshold = threshold
      self.f1 = f1
      self.sensitivity = sensitivity
      self.specificity = specificity
      self.ppv = ppv
      self.npv = npv
      self.mcc = mcc
      self.brier = brier
      self.ece = ece
      self.calibrationSlope = calibrationSlope
      self.calibrationIntercept = calibrationIntercept
      self.reason = reason
    }
  }

  /// Means over labels.
  public struct Macro: Codable, Hashable, Sendable {
    /// The mean AUROC.
    public let auroc: Estimate
    /// The mean average precision.
    public let auprc: Estimate
    /// The labels that went in.
    public let labels: [String]
    /// What was done with undefined labels.
    public let policy: String

    /// Creates the means.
    ///
    /// - Parameters:
    ///   - auroc: The mean AUROC.
    ///   - auprc: The mean average precision.
    ///   - labels: The labels that went in.
    ///   - policy: What was done with undefined labels.
    public init(auroc: Estimate, auprc: Estimate, labels: [String], policy: String) {
      self.auroc = auroc
      self.auprc = auprc
      self.labels = labels
      self.policy = policy
    }
  }

  /// One model.
  public struct Run: Codable, Hashable, Sendable {
    /// The name under which the predictions were imported.
    public let model: String
    /// The number of radiographs.
    public let n: Int
    /// The number of patients.
    public let patients: Int
    /// The labels in reporting order.
    public let labels: [Label]
    /// Means over labels.
    public let macro: Macro

    /// Creates a run.
    ///
    /// - Parameters:
    ///   - model: The name under which the predictions were imported.
    ///   - n: The number of radiographs.
    ///   - patients: The number of patients.
    ///   - labels: The labels in reporting order.
    ///   - macro: Means over labels.
    public init(model: String, n: Int, patients: Int, labels: [Label], macro: Macro) {
      self.model = model
      self.n = n
      self.patients = patients
      self.labels = labels
      self.macro = macro
    }
  }

  /// What was asked, the answer, and the warnings.
  public let summary: Summary
  /// The models in the order asked for.
  public let runs: [Run]
  /// Where the numbers come from.
  public let provenance: Provenance

  /// Creates a document.
  ///
  /// - Parameters:
  ///   - summary: What was asked, the answer, and the warnings.
  ///   - runs: The models in the order asked for.
  ///   - provenance: Where the numbers come from.
  public init(summary: Summary, runs: [Run], provenance: Provenance) {
    self.summary = summary
    self.runs = runs
    self.provenance = provenance
  }
}
