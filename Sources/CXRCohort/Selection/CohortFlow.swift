// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog

/// The way of radiographs into a cohort: from the records that an ingest read to the members.
///
/// It is what a CONSORT diagram shows. In every dataset and for every unit, the start less all
/// exclusions is what was kept.
///
///     let flow = try CohortFlow(catalog.cohort("adults"), catalog: catalog)
///
/// - SeeAlso: Schulz, Altman & Moher, *BMJ* 340 (2010), <https://doi.org/10.1136/bmj.c332>.
public struct CohortFlow: Codable, Hashable, Sendable {
  /// The way of one dataset.
  public struct DatasetFlow: Codable, Hashable, Sendable {
    /// How the dataset came into the catalog.
    public let origin: DatasetOrigin
    /// The way from the catalog to the cohort, from the start to what was kept.
    public let steps: [CohortStep]

    /// Creates the way of a dataset.
    ///
    /// - Parameters:
    ///   - origin: How the dataset came into the catalog.
    ///   - steps: The way from the catalog to the cohort.
    public init(origin: DatasetOrigin, steps: [CohortStep]) {
      self.origin = origin
      self.steps = steps
    }
  }

  /// The name of the cohort, or `nil` when the way ends in the catalog.
  public let cohort: String?
  /// The definition of the cohort.
  public let definition: String?
  /// The ways of the datasets, in the order in which they are reported.
  public let datasets: [DatasetFlow]
  /// What a reader must know, such as members that have left the catalog since.
  public let notes: [String]

  /// Creates a flow.
  ///
  /// - Parameters:
  ///   - cohort: The name of the cohort, or `nil` when the way ends in the catalog.
  ///   - definition: The definition of the cohort.
  ///   - datasets: The ways of the datasets.
  ///   - notes: What a reader must know.
  public init(
    cohort: String?, definition: String?, datasets: [DatasetFlow], notes: [String] = []
  ) {
    self.cohort = cohort
    self.definition = definition
    self.datasets = datasets
    self.notes = notes
  }

  /// Traces a stored cohort.
  ///
  /// - Parameters:
  ///   - info: The cohort.
  ///   - catalog: The catalog that holds it.
  /// - Throws: `CatalogError` with code `.unknownName` when a dataset is gone.
  public init(_ info: CohortInfo, catalog: Catalog) throws {
    let kept = info.steps.filter { $0.kind == .kept }.reduce(0) { $0 + $1.radiographCount }
    self.init(
      cohort: info.name, definition: info.definition,
      datasets: try Self.datasets(info.steps, catalog: catalog),
      notes: Self.notes(info, keptCount: kept))
  }

  private static func notes(_ info: CohortInfo, keptCount: Int) -> [String] {
    let remedy = "draw the cohort up again with --replace."
    let goneCount = keptCount - info.radiographCount
    let gone =
      goneCount == 0
      ? [] : ["\(goneCount) of the radiographs kept have left the catalog since; \(remedy)"]
    return gone
      + info.outdatedDatasets.map {
        "\($0) was ingested again after the cohort was made; \(remedy)"
      }
  }

  /// Traces a cohort that was drawn up just now, stored or not.
  ///
  /// - Parameters:
  ///   - content: The cohort.
  ///   - catalog: The catalog from which it was drawn up.
  /// - Throws: `CatalogError` if SQLite fails.
  public init(_ content: CohortContent, catalog: Catalog) throws {
    self.init(
      cohort: content.name, definition: content.definition,
      datasets: try Self.datasets(content.steps, catalog: catalog))
  }

  private static func datasets(
    _ steps: [CohortStep], catalog: Catalog
  ) throws -> [DatasetFlow] {
    let stepsByDataset = Dictionary(grouping: steps, by: \.dataset)
    return try stepsByDataset.keys.sorted().map { name in
      DatasetFlow(
        origin: try catalog.origin(dataset: name), steps: stepsByDataset[name, default: []])
    }
  }

  /// Traces datasets into the catalog only.
  ///
  /// - Parameters:
  ///   - datasets: The names of the datasets.
  ///   - catalog: The catalog that holds them.
  /// - Throws: `CatalogError` with code `.unknownName` for an unknown dataset.
  public init(datasets: [String], catalog: Catalog) throws {
    self.init(
      cohort: nil, definition: nil,
      datasets: try datasets.map { name in
        let table = try catalog.radiographs(of: [name])
        let units = RadiographUnits(of: 0..<table.count, in: table)
        let step = CohortStep(
          dataset: name, kind: .kept, name: "in the catalog",
          radiographCount: units.radiographCount, studyCount: units.studyCount,
          patientCount: units.patientCount)
        return DatasetFlow(origin: try catalog.origin(dataset: name), steps: [step])
      })
  }
}
