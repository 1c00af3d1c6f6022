// SPDX-License-Identifier: Apache-2.0

/// A table or figure of a study's report.
public enum StudyPart: String, CaseIterable, Codable, Sendable {
  /// Mean AUROC of each arm on each test set.
  case overallAUROC = "overall-auroc"
  /// Mean average precision of each arm on each test set.
  case overallAUPRC = "overall-auprc"
  /// Differences from the base with tests.
  case significance
  /// Changes from the base over all test sets.
  case aggregates
  /// AUROC and average precision of each label.
  case diseases
  /// Means against the amount of real data (Figure 4).
  case realSizes = "figure-4"
  /// Means against the amount of synthetic data (Figure 5).
  case syntheticSizes = "figure-5"
  /// Means of the strategies as bars (Figure 6).
  case strategyBars = "figure-6"
  /// AUROC of groups (Figure 7).
  case groupAUROC = "figure-7"
  /// Fairness gap against AUROC (Figure 8).
  case fairnessGap = "figure-8"
  /// Underdiagnosis gap against AUROC (Figure 9).
  case underdiagnosisGap = "figure-9"
  /// The CONSORT flow (Figure 10).
  case flow = "figure-10"
  /// AUROC of each disease (Figure 11).
  case diseaseAUROC = "figure-11"
  /// Average precision of each disease (Figure 12).
  case diseaseAUPRC = "figure-12"
  /// Scores of the generator's checkpoints (Supplementary Table 1).
  case checkpoints = "supplementary-table-1"
  /// Who was studied (Supplementary Table 2).
  case population = "supplementary-table-2"
  /// Sex by race and by age (Supplementary Table 3).
  case intersections = "supplementary-table-3"
  /// Spread over training seeds.
  case seeds
  /// What generation gave and what its checks said.
  case yield
  /// Distances between real and generated images.
  case distances
  /// Accuracy, F1, precision and recall at the threshold.
  case decisions
  /// Confusion matrices.
  case confusion = "confusion-matrices"
  /// Loss and validation AUROC by epoch.
  case trainingCurves = "training-curves"
  /// Arms against metrics in shades.
  case heatMap = "heat-map"

  /// What it shows, in words.
  public var title: String {
    switch self {
    case .overallAUROC: "Mean AUROC by strategy and test set"
    case .overallAUPRC: "Mean AUPRC by strategy and test set"
    case .significance: "Differences from the base"
    case .aggregates: "Changes over all test sets"
    case .diseases: "Each disease"
    case .realSizes: "Figure 4: the amount of real data"
    case .syntheticSizes: "Figure 5: the amount of synthetic data"
    case .strategyBars: "Figure 6: strategies"
    case .groupAUROC: "Figure 7: AUROC of groups"
    case .fairnessGap: "Figure 8: fairness gap against AUROC"
    case .underdiagnosisGap: "Figure 9: underdiagnosis gap against AUROC"
    case .flow: "Figure 10: the way into the cohort"
    case .diseaseAUROC: "Figure 11: AUROC of each disease"
    case .diseaseAUPRC: "Figure 12: AUPRC of each disease"
    case .checkpoints: "Supplementary Table 1: checkpoints of the generator"
    case .population: "Supplementary Table 2: who was studied"
    case .intersections: "Supplementary Table 3: sex by race and by age"
    case .seeds: "Spread over training seeds"
    case .yield: "What generation gave"
    case .distances: "Distances between real and generated images"
    case .decisions: "Decisions at the threshold"
    case .confusion: "Confusion matrices"
    case .trainingCurves: "Training curves"
    case .heatMap: "Strategies and metrics in shades"
    }
  }

  /// Labels more than these are too many for confusion matrices.
  static let confusionLabelLimit = 2

  /// Why it cannot be made, as far as that is known before anything is computed; `nil` if it can.
  ///
  /// - Parameters:
  ///   - index: What the study has made.
  ///   - material: What there is besides predictions.
  /// - Returns: A reason that goes on after “not produced, because”.
  public func missingReason(_ index: StudyIndex, _ material: StudyMaterial) -> String? {
    if let problem = material.problems[self] { return problem }
    switch self {
    case .overallAUROC, .overallAUPRC, .strategyBars, .diseases, .diseaseAUROC, .diseaseAUPRC,
      .heatMap:
      return nil
    case .significance, .aggregates:
      return index.headlineArms.count > 1 ? nil : "the study has one arm, which is the base."
    case .realSizes: return Self.sizeReason(index, \.realShare, \.realCount, "real")
    case .syntheticSizes:
      return Self.sizeReason(index, \.syntheticShare, \.syntheticCount, "synthetic")
    case .groupAUROC, .fairnessGap, .underdiagnosisGap:
      if index.testSets.allSatisfy(\.groups.isEmpty) {
        return "no test set names groups of patients to compare."
      }
      guard self == .underdiagnosisGap, !index.labels.contains("No Finding") else { return nil }
      return "No Finding, of which underdiagnosis is the false-positive rate, is not among the "
        + "labels."
    case .flow: return material.flows.isEmpty ? "the study names no cohort under flows." : nil
    case .checkpoints:
      return material.checkpoints == nil && material.comparison == nil
        ? "the study names no checkpoint scores." : nil
    case .population, .intersections:
      return material.population == nil ? "the study names no populations." : nil
    case .seeds:
      return index.arms.count > Set(index.arms.map(\.replicateKey)).count
        ? nil : "no arm was trained with more than one seed."
    case .yield: return material.yields.isEmpty ? "the study names no generation run." : nil
    case .distances:
      return material.distances.isEmpty && material.generated.isEmpty
        ? "the study names no distances." : nil
    case .decisions, .confusion:
      return index.labels.count <= Self.confusionLabelLimit
        ? nil
        : "the study has \(index.labels.count) labels; it is for studies of one label or two."
    case .trainingCurves:
      return material.trainingRuns.isEmpty
        ? "no arm names a training run that the catalog has." : nil
    }
  }

  private static func sizeReason(
    _ index: StudyIndex, _ share: KeyPath<StudyIndex.Arm, Double?>,
    _ count: KeyPath<StudyIndex.Arm, Int?>, _ kind: String
  ) -> String? {
    SizeAxis(index, share: share, count: count, kind: kind) == nil
      ? "no strategy was trained on several amounts of \(kind) data." : nil
  }
}
