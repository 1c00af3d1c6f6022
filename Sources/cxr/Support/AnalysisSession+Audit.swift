// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXREvaluation
import CXRFairness

extension AnalysisSession {
  /// Prepares an audit of the session's models.
  ///
  /// - Parameters:
  ///   - groups: Which groups are compared.
  ///   - skipped: Told of each attribute that the dataset does not record; without it, such an
  ///     attribute is an error.
  /// - Returns: The audit.
  /// - Throws: `FairnessError` for an unknown attribute or one that nothing records.
  func audit(_ groups: GroupOptions, skipped: ((String) -> Void)? = nil) throws -> FairnessAudit {
    let groupings = try groups.attributesInForce.compactMap { attribute -> Subgroups? in
      do {
        return try Subgroups(
          of: table, by: SubgroupAttribute.list(parsing: attribute), ageBins: groups.ageBins)
      } catch let error as FairnessError where error.code == .noGroups && skipped != nil {
        skipped?(error.message)
        return nil
      }
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
