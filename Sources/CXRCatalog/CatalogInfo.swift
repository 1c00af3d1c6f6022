// SPDX-License-Identifier: Apache-2.0

/// What a catalog holds, in numbers.
public struct CatalogInfo: Codable, Sendable {
  /// A word and how many records it describes.
  public struct Count: Codable, Hashable, Sendable {
    /// What was counted.
    public let name: String
    /// How many there are.
    public let count: Int
  }

  /// One dataset.
  public struct Dataset: Codable, Sendable {
    /// The short name.
    public let name: String
    /// The title that reports print.
    public let title: String
    /// The file from which the labels were taken.
    public let labelSource: String
    /// The file from which the ages were taken.
    public let ageSource: String
    /// The number of radiographs.
    public let radiographCount: Int
    /// The number of patients.
    public let patientCount: Int
    /// The number of boxes.
    public let boxCount: Int
    /// Radiographs by view.
    public let views: [Count]
    /// Radiographs by the sex of their patient; `unknown` where none is recorded.
    public let sexes: [Count]
    /// Radiographs by the race of their patient; `unknown` where none is recorded.
    public let races: [Count]
    /// Positive radiographs by finding, for the findings that the dataset annotates.
    public let findings: [Count]
    /// Radiographs by native label.
    public let nativeLabels: [Count]
    /// The splits.
    public let splits: [SplitInfo]
    /// The prediction runs.
    public let runs: [PredictionRunInfo]
  }

  /// One cohort, without its definition and its way.
  public struct Cohort: Codable, Sendable {
    /// The name.
    public let name: String
    /// The number of members that the catalog still holds.
    public let radiographCount: Int
    /// The number of their patients.
    public let patientCount: Int
    /// The datasets that were ingested anew since the cohort was made.
    public let outdatedDatasets: [String]
  }

  /// The version of the schema.
  public let schemaVersion: Int
  /// The datasets by name.
  public let datasets: [Dataset]
  /// The cohorts by name.
  public let cohorts: [Cohort]
  /// The image stores by name.
  public let imageStores: [ImageStoreInfo]
  /// What wrote to the catalog, first to last.
  public let provenance: [ProvenanceInfo]
}
