// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore

/// What is worth telling of a cohort before somebody relies on it: clauses that let nothing in, and
/// datasets of which nothing is left.
public struct CohortWarnings {
  private let definition: CohortDefinition
  private let catalog: Catalog

  /// Prepares warnings.
  ///
  /// - Parameters:
  ///   - definition: Which radiographs are wanted.
  ///   - catalog: The catalog that they are wanted from.
  public init(_ definition: CohortDefinition, catalog: Catalog) {
    self.definition = definition
    self.catalog = catalog
  }

  /// Returns the clauses that ask for words, or for findings, that a dataset does not have.
  ///
  /// - Returns: One sentence each, with what there is instead.
  /// - Throws: `CatalogError` with code `.unknownName` for a dataset or an attribute that the catalog
  ///   does not have.
  public func unknownWords() throws -> [String] {
    try definition.sources.flatMap { source in
      try attributes(of: source) + findings(of: source)
    }
  }

  /// Returns the datasets of which the rules left nothing, though others gave some.
  ///
  /// - Parameter content: The cohort as it was drawn up.
  /// - Returns: One sentence each, with the rule that removed the last radiographs.
  public func emptyDatasets(_ content: CohortContent) -> [String] {
    guard !content.radiographIDs.isEmpty else { return [] }
    return definition.sources.map(\.dataset).filter { content.isEmpty(dataset: $0) }.map {
      "no radiograph of \($0) is in cohort \(content.name)\(content.lastExclusion(dataset: $0))."
    }
  }

  /// Checks that a cohort has a radiograph.
  ///
  /// - Parameter content: The cohort as it was drawn up.
  /// - Throws: ``CohortError`` with code `.empty`, naming the rule that removed the last radiographs.
  public func requireMembers(_ content: CohortContent) throws(CohortError) {
    guard content.radiographIDs.isEmpty else { return }
    let reasons = definition.sources.map(\.dataset).map {
      "no radiograph of \($0) is left\(content.lastExclusion(dataset: $0))"
    }
    throw CohortError(
      .empty,
      "Cohort \(content.name) is empty: \(reasons.joined(separator: "; ")). Change the rules, or "
        + "keep the empty cohort with --allow-empty.")
  }

  private func attributes(of source: CohortDefinition.Source) throws -> [String] {
    try source.criteria.attributes.flatMap { criterion in
      let known = Set(
        try catalog.attributeValues(criterion.name, dataset: source.dataset).values
      ).sorted()
      return criterion.values.filter { !known.contains($0) }.map { value in
        let remedy = known.nearest(to: value).map { "did you mean \($0)?" }
        return "attribute \(criterion.name)=\(value) lets nothing of \(source.dataset) in: "
          + (remedy ?? "its values are \(Self.shortened(known)).")
      }
    }
  }

  private func findings(of source: CohortDefinition.Source) throws -> [String] {
    guard !source.criteria.having.isEmpty else { return [] }
    let annotated = try catalog.annotatedFindings(dataset: source.dataset)
    return source.criteria.having.filter {
      !annotated.contains($0.finding) && !$0.states.contains(.unannotated)
    }.map { criterion in
      "having \(criterion.finding.name) lets nothing of \(source.dataset) in: it does not annotate "
        + "that finding, only "
        + Self.shortened(Finding.allCases.filter(annotated.contains).map(\.name)) + "."
    }
  }

  /// Words as in a sentence, ten of them at most.
  private static func shortened(_ words: [String]) -> String {
    guard words.count > 10 else { return NumberText.list(words) }
    return words.prefix(10).joined(separator: ", ") + " and \(words.count - 10) others"
  }
}

extension CohortContent {
  fileprivate func isEmpty(dataset: String) -> Bool {
    steps.allSatisfy { $0.dataset != dataset || $0.kind != .kept || $0.radiographCount == 0 }
  }

  /// Which rule removed the last radiographs of a dataset, such as ` (the last 3 went by "view is not
  /// PA")`.
  fileprivate func lastExclusion(dataset: String) -> String {
    let step = steps.last {
      $0.dataset == dataset && $0.kind == .excluded && $0.radiographCount > 0
    }
    return step.map { " (the last \(NumberText.count($0.radiographCount)) went by \"\($0.name)\")" }
      ?? " (the dataset has none)"
  }
}
