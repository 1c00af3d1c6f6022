// SPDX-License-Identifier: Apache-2.0

/// How a model differs from the base over several test sets, in one number.
///
/// ``relative`` is the rule behind figures such as “+6.5 %”: the mean of the relative changes of the
/// test sets, each counting the same. ``difference`` is the mean of the differences themselves, which
/// does not favour test sets on which the base is poor. Both have an interval, from resampling each
/// test set on its own; it speaks of these test sets, not of hospitals at large.
public struct AggregateChange: Codable, Hashable, Sendable {
  /// What changes.
  public enum Metric: String, CaseIterable, Codable, Sendable {
    /// The mean AUROC over labels.
    case auroc
    /// The mean average precision over labels.
    case auprc
    /// The largest minus the smallest mean AUROC of the groups of an attribute.
    case aurocGap
    /// The largest minus the smallest underdiagnosis rate of the groups of an attribute.
    case underdiagnosisGap
  }

  /// Which test sets count.
  public enum Scope: String, CaseIterable, Codable, Sendable {
    /// All of them.
    case all
    /// Those from elsewhere than the training data.
    case external
  }

  /// What changes.
  public let metric: Metric
  /// Which test sets count.
  public let scope: Scope
  /// The model.
  public let model: String
  /// The model that it is compared with.
  public let base: String
  /// What went in: test sets, for gaps with the attribute, such as `NIH sex*age`.
  public let comparisons: [String]
  /// What could not go in, because the metric is undefined there.
  public let left: [String]
  /// The mean of the relative changes; 0.065 is +6.5 %.
  public let relative: Estimate
  /// The mean of the differences.
  public let difference: Estimate

  /// Creates a change.
  public init(
    metric: Metric, scope: Scope, model: String, base: String, comparisons: [String],
    left: [String], relative: Estimate, difference: Estimate
  ) {
    self.metric = metric
    self.scope = scope
    self.model = model
    self.base = base
    self.comparisons = comparisons
    self.left = left
    self.relative = relative
    self.difference = difference
  }
}
