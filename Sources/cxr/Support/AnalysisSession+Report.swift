// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXREvaluation

extension AnalysisSession {
  /// Makes everything that a report shows.
  ///
  /// - Parameters:
  ///   - title: The report's title, or `nil` for one made of the models' names.
  ///   - groups: Which groups are compared.
  ///   - arguments: The arguments of the command beyond those of the session.
  ///   - suppressionLimit: Counts below it are hidden; 0 hides nothing.
  ///   - isOneOfSeveral: Whether an attribute that the dataset does not record is passed over.
  /// - Returns: The report.
  /// - Throws: `FairnessError` for an unusable attribute, or `CancellationError`.
  func report(
    title: String?, groups: GroupOptions, arguments: [String], suppressionLimit: Int,
    isOneOfSeveral: Bool = false
  ) async throws -> StudyReport {
    var warnings = warnings
    let audit = try audit(groups, skipped: isOneOfSeveral ? { warnings.append($0) } : nil)
    let provenance = provenance(verb: "report", arguments: arguments)
    let steps = options.resampleCount + options.permutationCount
    let evaluating = ProgressLine("1 of 4: evaluating", total: options.resampleCount)
    let evaluation = try await ModelEvaluation(table, options: options).document(
      provenance: provenance, warnings: warnings, progress: evaluating.update)
    var comparison: ComparisonDocument?
    if table.models.count > 1 {
      let comparing = ProgressLine("2 of 4: comparing", total: steps)
      comparison = try await ModelComparison(table, options: options).document(
        provenance: provenance, warnings: warnings, progress: comparing.update)
    }
    let auditing = ProgressLine(
      "3 of 4: auditing", total: steps * groups.attributesInForce.count)
    var audited = try await audit.document(
      provenance: provenance, warnings: warnings, progress: auditing.update)
    if suppressionLimit > 0 {
      audited = SmallCellSuppression(limit: suppressionLimit).applied(to: audited)
    }
    Console.progress("4 of 4: curves")
    let curves = try await ModelCurves(table, options: options).curves()
    auditing.finish()
    return StudyReport(
      title: title ?? "Audit of \(table.models.map(\.name).joined(separator: " and "))",
      evaluation: evaluation, comparison: comparison, audit: audited, curves: curves)
  }
}
