// SPDX-License-Identifier: Apache-2.0

/// Several models on several test sets: what `cxr report --json` prints for more than one dataset.
public struct OverviewDocument: Codable, Hashable, Sendable {
  /// One model on one test set.
  public struct Run: Codable, Hashable, Sendable {
    /// The model's name.
    public let model: String
    /// The number of radiographs.
    public let n: Int
    /// The number of patients.
    public let patients: Int
    /// Means over labels.
    public let macro: EvaluationDocument.Macro
  }

  /// The gap of one model between the groups of one attribute.
  public struct Gap: Codable, Hashable, Sendable {
    /// The model's name.
    public let model: String
    /// The attribute.
    public let attribute: String
    /// The gap.
    public let gap: AuditDocument.Gap
  }

  /// One test set.
  public struct TestSet: Codable, Hashable, Sendable {
    /// The dataset's name.
    public let dataset: String
    /// The models in the order asked for.
    public let runs: [Run]
    /// The differences of means over labels; p-values are adjusted over pairs and test sets, by metric.
    public var comparisons: [ComparisonDocument.Comparison]
    /// The gaps of AUROC and underdiagnosis rate.
    public let gaps: [Gap]
  }

  /// The title.
  public let title: String
  /// What was asked, the answer, and the warnings.
  public let summary: Summary
  /// The test sets in the order asked for.
  public let testSets: [TestSet]
  /// Where the numbers come from.
  public let provenance: Provenance
}
