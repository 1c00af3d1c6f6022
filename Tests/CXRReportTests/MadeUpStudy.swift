// SPDX-License-Identifier: Apache-2.0
import CXREvaluation

/// A small study with invented numbers: undefined cells, a refused interval, a suppressed group,
/// and a model whose name tries to be markup, a command and an escape sequence.
enum MadeUpStudy {
  static let hostileName = "b'\"<script>alert(1)</script> `date` | *x*\u{1B}[31m"
  static let models = ["alpha", hostileName]

  static let report = StudyReport(
    title: "Made-up study of <two> models", evaluation: evaluation, comparison: comparison,
    audit: audit, curves: curves)

  static let evaluation = EvaluationDocument(
    summary: Summary(
      question: "How well do two made-up models rank radiographs?",
      answer: "alpha reaches a mean AUROC of 0.850 [0.840, 0.860]; all numbers are invented.",
      warnings: ["Fracture: no positive radiographs; left out of every mean.", "a < b & c"]),
    runs: models.map { model in
      EvaluationDocument.Run(
        model: model, n: 12_345, patients: 4_321,
        labels: [label("Edema", auroc: 0.9), label("No Finding", auroc: 0.8), undefinedLabel],
        macro: .init(
          auroc: Estimate(value: 0.85, lower: 0.84, upper: 0.86, labelCount: 2),
          auprc: Estimate(value: 0.5, labelCount: 2, reason: "8 % of the resamples are undefined"),
          labels: ["Edema", "No Finding"], policy: "common-labels"))
    }, provenance: provenance(command: "cxr evaluate --model alpha"))

  static let comparison = ComparisonDocument(
    summary: Summary(
      question: "Do the models differ?", answer: "By an invented amount.", warnings: []),
    comparisons: [
      comparison("Edema", difference: -0.012, p: 0.0004, adjusted: 0.0008),
      comparison("No Finding", difference: 0.0001, p: 0.04, adjusted: 0.08),
      comparison("Fracture", difference: nil, p: nil, adjusted: nil),
      comparison("macro", difference: -0.006, p: 0.02, adjusted: nil),
    ], provenance: provenance(command: "cxr compare --model alpha"))

  static let audit = AuditDocument(
    summary: Summary(
      question: "Do the models treat the sexes alike?", answer: "As far as invented numbers say.",
      warnings: ["Group X is suppressed."]),
    attributes: models.map { model in
      AuditDocument.Attribute(
        model: model, attribute: "sex*age", labels: ["Edema", "No Finding"], ungrouped: 16,
        groups: [group("F|0-20", rate: 0.2), group("M|0-20", rate: 0.3), suppressedGroup],
        gaps: [
          gap("auroc", 0.02, p: 0.4), gap("underdiagnosisRate", 0.1, p: 0.0005),
          gap("tpr:Edema", nil, p: nil),
        ])
    },
    gapDifferences: [
      .init(
        attribute: "sex*age", metric: "auroc", modelA: models[0], modelB: models[1], a: 0.02,
        b: 0.03, difference: -0.01, lower: -0.02, upper: 0.005, reason: nil)
    ], provenance: provenance(command: "cxr audit --model alpha --group 'sex*age'"))

  static let curves = models.flatMap { model in
    ["Edema", "No Finding"].map { label in
      CurveSet(
        model: model, label: label,
        roc: [
          .init(x: 0, y: 0, lower: 0, upper: 0), .init(x: 0.2, y: 0.7, lower: 0.6, upper: 0.8),
          .init(x: 1, y: 1, lower: 1, upper: 1),
        ],
        precisionRecall: [.init(x: 0, y: 1), .init(x: 1, y: 0.25)],
        calibration: [.init(meanScore: 0.1, observed: 0.12, n: 50)], prevalence: 0.25)
    }
  }

  private static func label(_ name: String, auroc: Double) -> EvaluationDocument.Label {
    let rate = Estimate(value: 0.75, lower: 0.7, upper: 0.8)
    return EvaluationDocument.Label(
      label: name, n: 12_345, patients: 4_321, positives: 1_234,
      auroc: Estimate(value: auroc, lower: auroc - 0.011, upper: auroc + 0.011),
      auprc: Estimate(value: 0.5), threshold: 0.25, f1: 0.6, sensitivity: rate, specificity: rate,
      ppv: rate, npv: rate, mcc: 0.4, brier: 0.08, ece: 0.02, calibrationSlope: 1.1,
      calibrationIntercept: -0.2, reason: nil)
  }

  private static let undefinedLabel = EvaluationDocument.Label(
    label: "Fracture", n: 12_345, patients: 4_321, positives: 0,
    auroc: .undefined("no positive radiographs"), auprc: .undefined("no positive radiographs"),
    threshold: nil, f1: nil, sensitivity: .undefined("no positive radiographs"),
    specificity: Estimate(value: 0.9, lower: 0.88, upper: 0.92),
    ppv: .undefined("no positive calls"), npv: Estimate(value: 1, lower: 0.99, upper: 1),
    mcc: nil, brier: nil, ece: nil, calibrationSlope: nil, calibrationIntercept: nil,
    reason: "no positive radiographs")

  private static func comparison(
    _ label: String, difference: Double?, p: Double?, adjusted: Double?
  ) -> ComparisonDocument.Comparison {
    ComparisonDocument.Comparison(
      label: label, metric: "auroc", modelA: models[0], modelB: models[1],
      a: difference.map { 0.9 + $0 }, b: difference.map { _ in 0.9 }, difference: difference,
      lower: difference.map { $0 - 0.005 }, upper: difference.map { $0 + 0.005 },
      test: label == "macro" ? "paired permutation" : "DeLong",
      statistic: difference.map { $0 * 9 },
      p: p, pAdjusted: adjusted, reason: difference == nil ? "no positive radiographs" : nil)
  }

  private static func group(_ name: String, rate: Double) -> AuditDocument.Group {
    let mean = Estimate(value: 0.85, lower: 0.8, upper: 0.9, labelCount: 2)
    return AuditDocument.Group(
      group: name, n: 6_000, patients: 2_000, positives: 4_000, negatives: 2_000,
      underdiagnosisRate: Estimate(value: rate, lower: rate - 0.02, upper: rate + 0.02),
      overdiagnosisRate: Estimate(value: rate, lower: rate - 0.02, upper: rate + 0.02),
      auroc: mean, auprc: mean,
      labels: [
        .init(label: "Edema", positives: 40, negatives: 5_960, auroc: mean, tpr: mean, fpr: mean)
      ], reason: nil)
  }

  private static let suppressedGroup: AuditDocument.Group = {
    let hidden = Estimate.undefined("suppressed: <10 radiographs")
    return AuditDocument.Group(
      group: "X", n: nil, patients: nil, positives: nil, negatives: nil,
      underdiagnosisRate: hidden, overdiagnosisRate: hidden, auroc: hidden, auprc: hidden,
      labels: [], reason: "suppressed: <10 radiographs")
  }()

  private static func gap(_ metric: String, _ value: Double?, p: Double?) -> AuditDocument.Gap {
    AuditDocument.Gap(
      metric: metric, value: value, lower: value.map { $0 * 0.8 }, upper: value.map { $0 * 1.2 },
      best: value.map { _ in "F|0-20" }, worst: value.map { _ in "M|0-20" },
      ratio: value.map { 1 - $0 }, nullMean: value.map { _ in 0.015 },
      nullLower: value.map { _ in 0.005 }, nullUpper: value.map { _ in 0.03 }, p: p,
      groupCount: value == nil ? 1 : 2, reason: value == nil ? "fewer than two groups count" : nil)
  }

  private static func provenance(command: String) -> Provenance {
    Provenance(
      software: "cxr 0.0.0", command: command, seed: 7, dataset: "made-up",
      sources: [
        .init(
          role: "labels", file: "labels, made up.csv",
          sha256: String(repeating: "0123456789abcdef", count: 4))
      ], settings: ["unit": "patient", "bootstrap": "1000"])
  }
}
