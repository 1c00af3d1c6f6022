// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXREvaluation
public import CXRStatistics

/// The numbers of a study: what `cxr study report --json` prints.
public struct StudyResults: Codable, Hashable, Sendable {
  /// One test set.
  public struct TestSet: Codable, Hashable, Sendable {
    /// What the index says of it.
    public let set: StudyIndex.TestSet
    /// Every arm that has predictions, on every label.
    public let evaluation: EvaluationDocument
    /// The main arms minus the base; p-values of means are adjusted over arms and test sets.
    public var comparisons: [ComparisonDocument.Comparison]
    /// How the main arms treat groups.
    public let audit: AuditDocument?

    /// Creates a test set.
    ///
    /// - Parameters:
    ///   - set: What the index says of it.
    ///   - evaluation: Every arm that has predictions, on every label.
    ///   - comparisons: The main arms minus the base.
    ///   - audit: How the main arms treat groups.
    public init(
      set: StudyIndex.TestSet, evaluation: EvaluationDocument,
      comparisons: [ComparisonDocument.Comparison], audit: AuditDocument?
    ) {
      self.set = set
      self.evaluation = evaluation
      self.comparisons = comparisons
      self.audit = audit
    }
  }

  /// What was studied.
  public let index: StudyIndex
  /// The test sets that could be evaluated.
  public var testSets: [TestSet]
  /// The arms' changes from the base over the test sets.
  public let changes: [AggregateChange]
  /// What is missing or must be known, such as arms without predictions.
  public let notes: [String]
  /// The command and the versions.
  public let provenance: Provenance

  /// Collects results and adjusts the p-values of means over arms and test sets, each metric by
  /// itself.
  ///
  /// - Parameters:
  ///   - index: What was studied.
  ///   - testSets: The test sets that could be evaluated.
  ///   - changes: The arms' changes from the base over the test sets.
  ///   - notes: What is missing or must be known.
  ///   - adjustment: How p-values are adjusted.
  ///   - provenance: The command and the versions.
  public init(
    index: StudyIndex, testSets: [TestSet], changes: [AggregateChange], notes: [String],
    adjustment: PAdjustment, provenance: Provenance
  ) {
    self.index = index
    self.testSets = testSets
    self.changes = changes
    self.notes = notes
    self.provenance = provenance
    for metric in ["auroc", "auprc"] {
      let places = testSets.indices.flatMap { set in
        testSets[set].comparisons.indices
          .filter { row in
            let comparison = testSets[set].comparisons[row]
            return comparison.label == "macro" && comparison.metric == metric
          }
          .map { (set: set, row: $0) }
      }
      let adjusted = adjustment.adjusted(places.map { testSets[$0.set].comparisons[$0.row].p })
      for (place, p) in zip(places, adjusted) {
        self.testSets[place.set].comparisons[place.row].pAdjusted = p
      }
    }
  }
}

extension StudyResults {
  /// The arms of the main tables that have predictions somewhere.
  var arms: [StudyIndex.Arm] {
    let known = Set(testSets.flatMap(\.evaluation.runs).map(\.model))
    return index.headlineArms.filter { known.contains($0.model) }
  }

  /// The base arm.
  var base: StudyIndex.Arm { index.base }

  /// The test sets and attributes whose groups are compared.
  var audited: [(set: TestSet, attribute: String)] {
    testSets.flatMap { set in
      (set.audit?.attributes.map(\.attribute).distinct ?? []).map { (set, $0) }
    }
  }
}

extension StudyResults.TestSet {
  /// An arm's results.
  func run(_ arm: StudyIndex.Arm) -> EvaluationDocument.Run? {
    evaluation.runs.first { $0.model == arm.model }
  }

  /// An arm minus the base.
  func comparison(
    _ arm: StudyIndex.Arm, _ metric: String, label: String = "macro"
  ) -> ComparisonDocument.Comparison? {
    comparisons.first { $0.modelA == arm.model && $0.metric == metric && $0.label == label }
  }

  /// An arm's groups by an attribute.
  func attribute(_ name: String, of arm: StudyIndex.Arm) -> AuditDocument.Attribute? {
    audit?.attributes.first { $0.attribute == name && $0.model == arm.model }
  }

  /// An arm's gap.
  func gap(_ metric: String, of attribute: String, _ arm: StudyIndex.Arm) -> AuditDocument.Gap? {
    self.attribute(attribute, of: arm)?.gaps.first { $0.metric == metric }
  }
}
