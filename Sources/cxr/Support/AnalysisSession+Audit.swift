// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXREvaluation
import CXRFairness

extension AnalysisSession {
  /// Prepares an audit of the session's models.
  ///
  /// - Parameter groups: Which groups are compared.
  /// - Returns: The audit.
  /// - Throws: `FairnessError` for an unknown attribute or one that nothing records.
  func audit(_ groups: GroupOptions) throws -> FairnessAudit {
    let groupings = try groups.attributesInForce.map { attribute in
      try Subgroups(
        of: table, by: SubgroupAttribute.list(parsing: attribute), ageBins: groups.ageBins)
    }
    return try FairnessAudit(
      table, groupings: groupings, options: options, minimumGroup: groups.minimumGroup,
      minimumCell: groups.minimumCell)
  }
}

extension GroupOptions {
  /// The labels to read: those asked for, and No Finding, without which nothing can be said of
  /// underdiagnosis.
  ///
  /// - Parameter labels: The labels asked for.
  /// - Returns: A label option.
  func labels(_ labels: String) -> String {
    let isNamed = !["eight", "fourteen", "native"].contains(labels.lowercased())
    let hasNoFinding = labels.split(separator: ",").contains { name in
      Finding(name: name) == .noFinding
    }
    return isNamed && !hasNoFinding ? labels + ",\(Finding.noFinding.name)" : labels
  }
}
