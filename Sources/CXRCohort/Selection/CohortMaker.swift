// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRFiles

/// Draws up a cohort: applies the rules of a definition to what the catalog holds.
///
///     let content = try CohortMaker(definition).content(from: catalog)
///     try catalog.addCohort(content, provenance: provenance)
///
/// The rules are applied in a fixed order – view, source of the view, split, attributes, what must
/// be known, sex, age, race, impression, findings, one image each – and a radiograph counts for the
/// first rule that removes it.
public struct CohortMaker: Sendable {
  private let definition: CohortDefinition

  /// Prepares a cohort.
  ///
  /// - Parameter definition: Which radiographs are wanted.
  public init(_ definition: CohortDefinition) { self.definition = definition }

  /// Applies the rules.
  ///
  /// - Parameter catalog: The catalog, which is only read.
  /// - Returns: The members and what each rule removed, dataset by dataset.
  /// - Throws: `CatalogError` with code `.unknownName` for a dataset, split or attribute that the
  ///   catalog does not have; ``CohortError`` with code `.unknownName` for a part that a split does
  ///   not have, `.invalidDefinition` when a rule cannot be applied to a dataset.
  /// - Complexity: O(*n* log *n*) for *n* radiographs; reports are read only when asked for.
  public func content(from catalog: Catalog) throws -> CohortContent {
    var radiographIDs: [Int64] = []
    var steps: [CohortStep] = []
    for source in definition.sources {
      let table = try catalog.radiographs(
        of: [source.dataset], including: source.criteria.neededDetails)
      var rules = CohortRules(table: table, source: source, catalog: catalog)
      try rules.apply()
      radiographIDs += rules.keptIDs
      steps += rules.steps
    }
    radiographIDs.sort()
    let text = definition.canonicalText
    return CohortContent(
      name: definition.name, definition: text,
      contentDigest: Self.digest(text, radiographIDs, steps), radiographIDs: radiographIDs,
      steps: steps, splits: definition.splits)
  }

  private static func digest(_ text: String, _ ids: [Int64], _ steps: [CohortStep]) -> String {
    let lines = steps.map { step in
      "\(step.dataset)\t\(step.kind.rawValue)\t\(step.name)\t\(step.radiographCount)\t"
        + "\(step.studyCount)\t\(step.patientCount)"
    }
    let members = ids.map(String.init).joined(separator: " ")
    return FileDigest.sha256(of: ([text] + lines + [members]).joined(separator: "\n"))
  }
}

extension CohortCriteria {
  /// The columns that the rules look at, beside those that are always there.
  var neededDetails: Set<RadiographTable.Detail> {
    var details: Set<RadiographTable.Detail> = []
    if !having.isEmpty { details.insert(.findings) }
    if let choice {
      details.insert(.imageNames)
      if choice.rule == .firstAcquired { details.insert(.acquisition) }
    }
    return details
  }
}
