// SPDX-License-Identifier: Apache-2.0
public import CXRCore
public import CXRFairness
internal import CXRStatistics

/// Audits every model on the groups of one or more attributes.
///
///     let audit = try FairnessAudit(
///       table, groupings: [Subgroups(of: table, by: [.sex])], options: options)
///     let document = try await audit.document(provenance: provenance)
public struct FairnessAudit: Sendable {
  private let table: PredictionTable
  private let sample: FairnessSample
  private let groupings: [Subgroups]
  private let options: EvaluationOptions
  private let cells: CellRule
  private let minimumGroup: Int

  /// Prepares an audit.
  ///
  /// - Parameters:
  ///   - table: The predictions; No Finding must be among its labels for underdiagnosis.
  ///   - groupings: The group of every row, once per attribute.
  ///   - options: The choices that decide the numbers.
  ///   - minimumGroup: The smallest number of radiographs with which a group is compared.
  ///   - minimumCell: The smallest number of positives and of negatives with which a cell counts.
  /// - Throws: `StatisticsError` with code `.nonFinite` if a score is not finite.
  public init(
    _ table: PredictionTable, groupings: [Subgroups], options: EvaluationOptions,
    minimumGroup: Int = 10, minimumCell: Int = 10
  ) throws {
    self.table = table
    self.sample = try FairnessSample(table, policy: options.labelPolicy)
    self.groupings = groupings
    self.options = options
    self.cells = .minimum(positives: minimumCell, negatives: minimumCell)
    self.minimumGroup = minimumGroup
  }

  /// Computes the document.
  ///
  /// - Parameters:
  ///   - provenance: Where the predictions come from.
  ///   - warnings: What the selection of the radiographs already warns of.
  ///   - progress: Called with the number of resamples and shuffles finished so far, over all
  ///     attributes, from any thread.
  /// - Returns: The document that `cxr audit` prints.
  /// - Throws: `CancellationError` when the task is cancelled.
  /// - Complexity: O(*attributes* · *models* · *labels* · *n*) per resample and shuffle.
  public func document(
    provenance: Provenance, warnings: [String] = [],
    progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> AuditDocument {
    var attributes: [AuditDocument.Attribute] = []
    var differences: [AuditDocument.GapDifference] = []
    let analysis = GapAnalysis(
      sample, plan: options.plan(for: table), permutations: options.permutationCount, rule: cells)
    for (position, grouping) in groupings.enumerated() {
      let sizes = GroupSizes(grouping, minimum: minimumGroup)
      let done = position * (options.resampleCount + options.permutationCount)
      let report = try await analysis.report(
        by: sizes.compared, threads: options.threads,
        progress: { finished in progress?(done + finished) })
      let part = AuditedAttribute(
        report, sizes: sizes, minimumGroup: minimumGroup, noFinding: sample.noFinding,
        hasIntervals: options.resampleCount > 0)
      attributes += part.attributes
      differences += part.differences
    }
    return AuditDocument(
      summary: AuditNarrative(
        attributes, differences: differences, table: table, minimumGroup: minimumGroup,
        hasNoFinding: sample.noFinding != nil, warnings: warnings
      ).summary,
      attributes: attributes, gapDifferences: differences, provenance: provenance)
  }
}
