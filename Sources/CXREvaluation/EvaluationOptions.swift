// SPDX-License-Identifier: Apache-2.0
public import CXRCore
public import CXRStatistics

/// The choices that decide the numbers of an evaluation.
public struct EvaluationOptions: Sendable {
  /// How an interval follows from resamples.
  public enum IntervalMethod: String, CaseIterable, Sendable {
    /// Quantiles of the resampled values.
    case percentile
    /// Quantiles mirrored at the estimate.
    case basic
    /// Quantiles corrected for bias and skewness.
    case bca
  }

  /// The number of bootstrap resamples; 0 for none.
  public var resampleCount: Int
  /// The number of permutations of every test; 0 for none.
  public var permutationCount: Int
  /// What one draw picks.
  public var unit: ResamplingPlan.Unit
  /// How intervals follow from resamples.
  public var intervalMethod: IntervalMethod
  /// What means over labels do with undefined labels.
  public var macroPolicy: MacroPolicy
  /// How label states become targets.
  public var labelPolicy: LabelPolicy
  /// How p-values are adjusted over the labels of a pair of models and a metric.
  public var adjustment: PAdjustment
  /// The seed of every draw.
  public var seed: UInt64
  /// The number of threads; results do not depend on it.
  public var threads: Int

  /// Creates options.
  ///
  /// - Parameters:
  ///   - resampleCount: The number of bootstrap resamples; 0 for none.
  ///   - permutationCount: The number of permutations of every test; 0 for none.
  ///   - unit: What one draw picks.
  ///   - intervalMethod: How intervals follow from resamples.
  ///   - macroPolicy: What means over labels do with undefined labels.
  ///   - labelPolicy: How label states become targets.
  ///   - adjustment: How p-values are adjusted over labels.
  ///   - seed: The seed of every draw.
  ///   - threads: The number of threads, at least 1.
  public init(
    resampleCount: Int = 1000, permutationCount: Int = 1000,
    unit: ResamplingPlan.Unit = .patient, intervalMethod: IntervalMethod = .percentile,
    macroPolicy: MacroPolicy = .commonLabels, labelPolicy: LabelPolicy = .uIgnore,
    adjustment: PAdjustment = .holm, seed: UInt64 = 1, threads: Int = 1
  ) {
    self.resampleCount = resampleCount
    self.permutationCount = permutationCount
    self.unit = unit
    self.intervalMethod = intervalMethod
    self.macroPolicy = macroPolicy
    self.labelPolicy = labelPolicy
    self.adjustment = adjustment
    self.seed = seed
    self.threads = threads
  }

  /// The resamples of a table under these options.
  ///
  /// - Parameter table: The predictions.
  /// - Returns: The plan that every statistic shares.
  func plan(for table: PredictionTable) -> ResamplingPlan {
    switch unit {
    case .patient:
      ResamplingPlan(patients: table.patients, resamples: resampleCount, seed: seed)
    case .image:
      ResamplingPlan(rowCount: table.rowCount, resamples: resampleCount, seed: seed)
    }
  }
}
