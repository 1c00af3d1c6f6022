// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRStatistics

/// How a decision threshold follows from scores and labels.
public struct ThresholdRule: Hashable, Sendable {
  /// A kind of rule.
  public enum Kind: String, CaseIterable, Sendable {
    /// The score that maximises F1; of tied scores the lowest.
    case maxF1 = "max-f1"
    /// The score that maximises sensitivity + specificity − 1; of tied scores the lowest.
    case youden
    /// The highest score that reaches a sensitivity.
    case sensitivity
  }

  /// The kind of rule.
  public let kind: Kind
  /// The sensitivity to reach, for the rule of that name.
  public let sensitivity: Double

  /// Creates a rule.
  ///
  /// - Parameters:
  ///   - kind: The kind of rule.
  ///   - sensitivity: The sensitivity to reach, above 0 and at most 1.
  public init(_ kind: Kind, sensitivity: Double = 0.95) {
    self.kind = kind
    self.sensitivity = sensitivity
  }

  /// The threshold, and the rule in words with what it reached.
  func threshold(_ ranked: RankedScores) throws(StatisticsError) -> (value: Double, words: String) {
    switch kind {
    case .maxF1:
      let best = try MaxF1Threshold(ranked)
      return (
        best.threshold,
        "max-f1: F1 \(NumberText.decimal(best.f1))"
          + (best.tiedCount > 1 ? ", the lowest of \(best.tiedCount) tied scores" : "")
      )
    case .youden:
      let best = try YoudenThreshold(ranked)
      return (
        best.threshold,
        "youden: index \(NumberText.decimal(best.index))"
          + (best.tiedCount > 1 ? ", the lowest of \(best.tiedCount) tied scores" : "")
      )
    case .sensitivity:
      let reached = try FixedSensitivityThreshold(ranked, sensitivity: sensitivity)
      return (
        reached.threshold,
        "sensitivity \(NumberText.decimal(sensitivity)): "
          + "\(NumberText.decimal(reached.sensitivity)) reached"
      )
    }
  }
}
