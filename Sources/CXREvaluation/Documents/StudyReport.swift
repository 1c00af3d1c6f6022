// SPDX-License-Identifier: Apache-2.0

/// Everything that one `cxr report` shows: the documents of the three verbs and the curves.
public struct StudyReport: Codable, Hashable, Sendable {
  /// The report's title.
  public let title: String
  /// How well each model does.
  public let evaluation: EvaluationDocument
  /// Whether the models differ, when there are two or more.
  public let comparison: ComparisonDocument?
  /// How fairly the models treat groups, when attributes were asked for.
  public let audit: AuditDocument?
  /// The curves for the figures.
  public let curves: [CurveSet]

  /// Creates a report.
  ///
  /// - Parameters:
  ///   - title: The report's title.
  ///   - evaluation: How well each model does.
  ///   - comparison: Whether the models differ.
  ///   - audit: How fairly the models treat groups.
  ///   - curves: The curves for the figures.
  public init(
    title: String, evaluation: EvaluationDocument, comparison: ComparisonDocument?,
    audit: AuditDocument?, curves: [CurveSet]
  ) {
    self.title = title
    self.evaluation = evaluation
    self.comparison = comparison
    self.audit = audit
    self.curves = curves
  }
}
