// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog

extension CohortDefinition {
  /// The splits by which members are chosen.
  var splits: [CohortSplit] {
    sources.compactMap { source in
      source.criteria.split.map { CohortSplit(dataset: source.dataset, split: $0.name) }
    }
  }
}

extension CohortInfo {
  /// Looks up which splits are not those any more by which the cohort was chosen.
  ///
  ///     try catalog.cohort("test-set").checked(in: catalog).outdatedSplits
  ///
  /// - Parameter catalog: The catalog that holds the cohort.
  /// - Returns: The cohort with `outdatedSplits`.
  /// - Throws: ``CohortError`` if its definition cannot be read, `CatalogError` if SQLite fails.
  public func checked(in catalog: Catalog) throws -> CohortInfo {
    var cohort = self
    let definition = try CohortDefinition(yaml: definition, file: "cohort \(name)")
    cohort.outdatedSplits = try catalog.outdated(definition.splits, ofCohort: name)
    return cohort
  }
}
