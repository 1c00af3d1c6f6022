// SPDX-License-Identifier: Apache-2.0
public import CXRCore
public import CXRFairness
internal import CXRStatistics

/// Everything that a study says of one test set: every arm evaluated, the main ones compared with the
/// base and audited, and the resamples that aggregates over test sets need.
///
///     let result = try await TestSetEvaluation(
///       table, name: "NIH", isExternal: true, base: "real", mainModels: ["real", "mixed"],
///       groupings: [Subgroups(of: table, by: [.sex, .age])], options: options
///     ).result(provenance: provenance)
public struct TestSetEvaluation: Sendable {
  /// What is known of a test set.
  public struct Result: Sendable {
    /// Every model on every label.
    public let evaluation: EvaluationDocument
    /// The main models minus the base.
    public let comparisons: [ComparisonDocument.Comparison]
    /// How the main models treat groups, where groups are known.
    public let audit: AuditDocument?
    /// Means and gaps of the main models on every resample.
    public let resamples: TestSetResamples
  }

  private let table: PredictionTable
  private let name: String
  private let isExternal: Bool
  private let base: String
  private let mainModels: [String]
  private let groupings: [Subgroups]
  private let options: EvaluationOptions
  private let minimumGroup: Int
  private let minimumCell: Int

  /// Prepares an evaluation.
  ///
  /// - Parameters:
  ///   - table: The predictions of every model.
  ///   - name: What the test set is called; aggregates draw by it.
  ///   - isExternal: Whether it comes from elsewhere than the training data.
  ///   - base: The model that the others are compared with.
  ///   - mainModels: The models that are compared and audited, the base among them.
  ///   - groupings: The group of every row, once per attribute.
  ///   - options: The choices that decide the numbers.
  ///   - minimumGroup: The smallest number of radiographs with which a group is compared.
  ///   - minimumCell: The smallest number of positives and of negatives with which a cell counts.
  /// - Precondition: The table has every one of these models.
  public init(
    _ table: PredictionTable, name: String, isExternal: Bool, base: String, mainModels: [String],
    groupings: [Subgroups], options: EvaluationOptions, minimumGroup: Int = 10,
    minimumCell: Int = 10
  ) {
    precondition(
      (mainModels + [base]).allSatisfy { name in table.models.contains { $0.name == name } },
      "every model has predictions")
    self.table = table
    self.name = name
    self.isExternal = isExternal
    self.base = base
    self.mainModels = mainModels
    self.groupings = groupings
    self.options = options
    self.minimumGroup = minimumGroup
    self.minimumCell = minimumCell
  }

  /// Computes everything.
  ///
  /// - Parameters:
  ///   - provenance: Where the predictions come from.
  ///   - warnings: What the selection of the radiographs already warns of.
  ///   - progress: Called with what is done next.
  /// - Returns: The results.
  /// - Throws: `StatisticsError` with code `.nonFinite` if a score is not finite,
  ///   `CancellationError` when the task is cancelled.
  public func result(
    provenance: Provenance, warnings: [String] = [], progress: (@Sendable (String) -> Void)? = nil
  ) async throws -> Result {
    progress?("evaluating")
    let evaluation = try await ModelEvaluation(table, options: options)
      .document(provenance: provenance, warnings: warnings)
    var comparisons: [ComparisonDocument.Comparison] = []
    for model in mainModels where model != base {
      progress?("comparing \(model)")
      comparisons += try await ModelComparison(table.keeping([model, base]), options: options)
        .document(provenance: provenance).comparisons
    }
    var audit: AuditDocument?
    if !groupings.isEmpty {
      progress?("auditing")
      audit = try await FairnessAudit(
        table.keeping(mainModels), groupings: groupings, options: options,
        minimumGroup: minimumGroup, minimumCell: minimumCell
      ).document(provenance: provenance, warnings: warnings)
    }
    progress?("resampling for aggregates")
    return Result(
      evaluation: evaluation, comparisons: comparisons, audit: audit,
      resamples: try await resamples())
  }

  /// Resamples with draws of the test set's own, so that those of two sets are independent.
  private func resamples() async throws -> TestSetResamples {
    var options = options
    options.seed = RandomStream(seed: options.seed, purpose: "study/\(name)", index: 0).word(at: 0)
    let plan = options.plan(for: table)
    let cells = try table.models.indices.map { model in
      try table.labels.indices.map { label in
        try EvaluatedLabel(label: label, model: model, in: table, policy: options.labelPolicy)
      }
    }
    let all = try await Bootstrap(plan).distributions(
      of: cells.flatMap { $0.map(\.ranked) }, threads: options.threads)
    let (count, positions) = (table.labels.count, mainModels.map(position))
    // The labels of the means are those that count for all models, as in the evaluation.
    func series(
      _ metric: AggregateChange.Metric, _ flat: [ResampledDistribution]
    ) -> TestSetResamples.Series {
      let byModel = table.models.indices.map { Array(flat[$0 * count..<($0 + 1) * count]) }
      let mean = MacroMean(options.macroPolicy, sample: byModel.map { $0.map(\.estimate) })
      return .init(
        metric: metric, distributions: positions.map { mean.distribution(of: byModel[$0]) })
    }
    let sample = try FairnessSample(table.keeping(mainModels), policy: options.labelPolicy)
    let analysis = GapAnalysis(
      sample, plan: plan, permutations: 0,
      rule: .minimum(positives: minimumCell, negatives: minimumCell))
    var gaps: [TestSetResamples.Series] = []
    for grouping in groupings {
      let found = try await analysis.distributions(
        of: [.macroAUROC, .underdiagnosisRate],
        by: GroupSizes(grouping, minimum: minimumGroup).compared, threads: options.threads)
      for (index, metric) in [AggregateChange.Metric.aurocGap, .underdiagnosisGap].enumerated() {
        gaps.append(
          .init(
            metric: metric, attribute: grouping.attribute,
            distributions: found.map { $0[index] }))
      }
    }
    return TestSetResamples(
      name: name, isExternal: isExternal, models: mainModels,
      series: [series(.auroc, all.auroc), series(.auprc, all.averagePrecision)] + gaps)
  }

  private func position(of model: String) -> Int {
    table.models.firstIndex { $0.name == model } ?? 0
  }
}

extension PredictionTable {
  /// The same radiographs with some of the models.
  fileprivate func keeping(_ names: [String]) -> PredictionTable {
    PredictionTable(
      patients: patients, sexes: sexes, races: races, agesYears: agesYears, views: views,
      labels: labels, noFindingStates: noFindingStates,
      models: names.compactMap { name in models.first { $0.name == name } })
  }
}
