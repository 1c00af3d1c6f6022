// SPDX-License-Identifier: Apache-2.0

/// Which radiographs of which datasets make a cohort.
///
///     let definition = try CohortDefinition(yaml: text, file: "adults.yaml")
///     try CohortMaker(definition).content(from: catalog).radiographIDs.count
///
/// In YAML, the criteria of all datasets stand at the top; an entry of `sources` overrides them for
/// one dataset, key by key:
///
/// ```yaml
/// name: adults
/// datasets: [nih]
/// views: [PA]
/// require: [sex, age]
/// age: {min: 18}
/// sources:
///   - dataset: padchest
///     attributes: {pediatric: "No"}
/// ```
public struct CohortDefinition: Hashable, Sendable {
  /// A dataset and the criteria that its radiographs must meet.
  public struct Source: Hashable, Sendable {
    /// The name of the dataset.
    public var dataset: String
    /// What its radiographs must meet.
    public var criteria: CohortCriteria

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - dataset: The name of the dataset.
    ///   - criteria: What its radiographs must meet.
    public init(dataset: String, criteria: CohortCriteria) {
      self.dataset = dataset
      self.criteria = criteria
    }
  }

  /// The name of the cohort.
  public var name: String
  /// The datasets with their criteria, in the order in which they are reported.
  public var sources: [Source]

  /// Creates a definition.
  ///
  /// - Parameters:
  ///   - name: The name of the cohort, not empty.
  ///   - sources: The datasets with their criteria, at least one, each dataset once.
  /// - Throws: ``CohortError`` with code `.invalidDefinition`.
  public init(name: String, sources: [Source]) throws(CohortError) {
    guard !name.isEmpty, !name.contains(where: \.isNewline) else {
      throw CohortError(.invalidDefinition, "A cohort needs a name of one line; give it one.")
    }
    guard !sources.isEmpty else {
      throw CohortError(
        .invalidDefinition, "Cohort \(name) names no dataset; name one under datasets.")
    }
    let names = sources.map(\.dataset)
    for (index, dataset) in names.enumerated() where names[..<index].contains(dataset) {
      throw CohortError(
        .invalidDefinition, "Cohort \(name) names dataset \(dataset) twice; name it once.")
    }
    for source in sources { try source.criteria.validate(dataset: source.dataset) }
    self.name = name
    self.sources = sources.map { Source(dataset: $0.dataset, criteria: $0.criteria.normalized) }
  }
}
