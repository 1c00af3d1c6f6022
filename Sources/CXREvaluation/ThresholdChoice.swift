// SPDX-License-Identifier: Apache-2.0
public import CXRCore
internal import CXRStatistics

/// The thresholds of one model, chosen label by label.
public struct ThresholdChoice: Sendable {
  /// The threshold of one label.
  public struct Selected: Hashable, Sendable {
    /// The label's name.
    public let label: String
    /// The threshold; positive means score ≥ threshold.
    public let threshold: Double
    /// The rule in words, with what it reached and how ties were broken.
    public let rule: String
  }

  /// The labels that have a threshold.
  public let selected: [Selected]
  /// Why each of the other labels has none, in a sentence.
  public let undefined: [String]

  /// Chooses thresholds for the first model of a table.
  ///
  /// - Parameters:
  ///   - table: The predictions on the radiographs to choose on.
  ///   - rule: How a threshold follows from scores and labels.
  ///   - policy: How label states become targets.
  /// - Throws: ``EvaluationError`` with code `.insufficient` when no label has a threshold, and
  ///   `StatisticsError` with code `.nonFinite` if a score is not finite.
  /// - Complexity: O(*labels* · *n* log *n*).
  public init(_ table: PredictionTable, rule: ThresholdRule, policy: LabelPolicy) throws {
    var selected: [Selected] = []
    var undefined: [String] = []
    for label in table.labels.indices {
      let cell = try EvaluatedLabel(label: label, model: 0, in: table, policy: policy)
      do throws(StatisticsError) {
        let (value, words) = try rule.threshold(cell.ranked)
        selected.append(Selected(label: cell.name, threshold: value, rule: words))
      } catch {
        undefined.append("\(cell.name) has no threshold: \(cell.reason ?? error.message)")
      }
    }
    guard !selected.isEmpty else {
      throw EvaluationError(
        .insufficient,
        "No label has positives and negatives among the \(table.rowCount) radiographs to choose "
          + "thresholds on; name another part with --split.")
    }
    self.selected = selected
    self.undefined = undefined
  }
}
