// SPDX-License-Identifier: Apache-2.0
public import CXRCore
internal import CXRStatistics

/// Compares every pair of models label by label and in the mean over labels.
///
/// AUROCs are compared by DeLong's test, clustered by patient when patients repeat and are the
/// unit; average precisions and means over labels by swapping the models' midranks. Differences
/// are the first model minus the second. p-values are adjusted over the labels of a pair and
/// metric.
public struct ModelComparison: Sendable {
  private let table: PredictionTable
  private let options: EvaluationOptions
  private let pairs: [Pair]

  /// Two models and the labels on which they can be compared.
  struct Pair: Sendable {
    let first: String
    let second: String
    /// One entry per label of the table.
    let labels: [Result<ComparedLabel, EvaluationError>]
    let labelNames: [String]
  }

  /// Prepares a comparison.
  ///
  /// - Parameters:
  ///   - table: The predictions of two or more models.
  ///   - options: The choices that decide the numbers.
  /// - Throws: ``EvaluationError`` with code `.insufficient` for fewer than two models, and
  ///   `StatisticsError` with code `.nonFinite` if a score is not finite.
  public init(_ table: PredictionTable, options: EvaluationOptions) throws {
    guard table.models.count > 1 else {
      throw EvaluationError(
        .insufficient, "A comparison needs two models; name them with --model A --model B.")
    }
    self.table = table
    self.options = options
    var pairs: [Pair] = []
    for first in table.models.indices {
      for second in table.models.indices where second > first {
        pairs.append(
          Pair(
            first: table.models[first].name, second: table.models[second].name,
            labels: try table.labels.indices.map { label in
              do {
                return .success(
                  try ComparedLabel(
                    label: label, models: (first, second), in: table, policy: options.labelPolicy))
              } catch let error as EvaluationError {
                return .failure(error)
              }
            },
            labelNames: table.labels.map(\.name)))
      }
    }
    self.pairs = pairs
  }

  /// Computes the document.
  ///
  /// - Parameters:
  ///   - provenance: Where the predictions come from.
  ///   - warnings: What the selection of the radiographs already warns of.
  ///   - progress: Called with the number of resamples and permutations of a pair finished so far.
  /// - Returns: The document that `cxr compare` prints.
  /// - Throws: `CancellationError` when the task is cancelled.
  /// - Complexity: O(*pairs* · *labels* · *n*) per resample and permutation.
  public func document(
    provenance: Provenance, warnings: [String] = [],
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> ComparisonDocument {
    var comparisons: [ComparisonDocument.Comparison] = []
    for pair in pairs {
      comparisons += try await PairComparison(
        pair, patients: table.patients, plan: options.plan(for: table), options: options
      ).comparisons(progress: progress)
    }
    return ComparisonDocument(
      summary: ComparisonNarrative(
        comparisons, table: table, adjustment: options.adjustment, warnings: warnings
      ).summary,
      comparisons: comparisons, provenance: provenance)
  }
}
