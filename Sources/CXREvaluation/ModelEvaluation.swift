// SPDX-License-Identifier: Apache-2.0
public import CXRCore
internal import CXRStatistics

/// Evaluates every model on every label, with intervals from one set of resamples.
///
///     let document = try await ModelEvaluation(table, options: options)
///       .document(provenance: provenance)
public struct ModelEvaluation: Sendable {
  private let table: PredictionTable
  private let options: EvaluationOptions
  private let estimator: IntervalEstimator
  /// Each model's labels, shape `[models][labels]`.
  private let cells: [[EvaluatedLabel]]

  /// Prepares an evaluation.
  ///
  /// - Parameters:
  ///   - table: The predictions.
  ///   - options: The choices that decide the numbers.
  /// - Throws: `StatisticsError` with code `.nonFinite` if a score is not finite.
  /// - Complexity: O(*models* · *labels* · *n* log *n*).
  public init(_ table: PredictionTable, options: EvaluationOptions) throws {
    self.table = table
    self.options = options
    self.estimator = IntervalEstimator(options: options, patients: table.patients)
    self.cells = try table.models.indices.map { model in
      try table.labels.indices.map { label in
        try EvaluatedLabel(label: label, model: model, in: table, policy: options.labelPolicy)
      }
    }
  }

  /// Computes the document.
  ///
  /// - Parameters:
  ///   - provenance: Where the predictions come from.
  ///   - warnings: What the selection of the radiographs already warns of.
  ///   - progress: Called with the number of resamples finished so far, from any thread.
  /// - Returns: The document that `cxr evaluate` prints.
  /// - Throws: `CancellationError` when the task is cancelled.
  /// - Complexity: O(*models* · *labels* · *n*) per resample.
  public func document(
    provenance: Provenance, warnings: [String] = [],
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> EvaluationDocument {
    let flat = cells.flatMap(\.self)
    let resampled = try await Bootstrap(options.plan(for: table)).distributions(
      of: flat.map(\.ranked),
      decisions: flat.map { BinaryDecisions($0.ranked, threshold: $0.threshold ?? .infinity) },
      threads: options.threads, progress: progress)
    let labelCount = table.labels.count
    let auroc = chunks(resampled.auroc, of: labelCount)
    let auprc = chunks(resampled.averagePrecision, of: labelCount)
    let confusions = chunks(resampled.confusions, of: labelCount)
    let runs = table.models.indices.map { model in
      EvaluationDocument.Run(
        model: table.models[model].name, n: table.rowCount, patients: table.patientCount,
        labels: cells[model].indices.map { label in
          LabelEvaluation(
            cells[model][label], auroc: auroc[model][label], auprc: auprc[model][label],
            confusion: confusions[model][label], estimator: estimator
          ).result
        },
        macro: macro(of: model, auroc: auroc, auprc: auprc))
    }
    return EvaluationDocument(
      summary: EvaluationNarrative(runs, table: table, options: options, warnings: warnings)
        .summary,
      runs: runs, provenance: provenance)
  }

  private func macro(
    of model: Int, auroc: [[ResampledDistribution]], auprc: [[ResampledDistribution]]
  ) -> EvaluationDocument.Macro {
    let aurocMean = MacroMean(options.macroPolicy, sample: auroc.map { $0.map(\.estimate) })
    let auprcMean = MacroMean(options.macroPolicy, sample: auprc.map { $0.map(\.estimate) })
    return EvaluationDocument.Macro(
      auroc: mean(auroc[model], aurocMean), auprc: mean(auprc[model], auprcMean),
      labels: aurocMean.labels.map { table.labels[$0].name },
      policy: options.macroPolicy.rawValue)
  }

  private func mean(_ labels: [ResampledDistribution], _ mean: MacroMean) -> Estimate {
    estimator.estimate(
      mean.distribution(of: labels),
      undefinedBecause: "no mean under the policy \(options.macroPolicy.rawValue): "
        + "\(mean.labels.count) of \(labels.count) labels can enter it",
      labelCount: mean.labelCount(labels.map(\.estimate)))
  }

  private func chunks<Element>(_ flat: [Element], of length: Int) -> [[Element]] {
    stride(from: 0, to: flat.count, by: max(1, length)).map { Array(flat[$0..<$0 + length]) }
  }
}
