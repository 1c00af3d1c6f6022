// SPDX-License-Identifier: Apache-2.0

/// One stored cohort in numbers.
public struct CohortInfo: Codable, Hashable, Sendable {
  /// The name.
  public let name: String
  /// The definition in its canonical text.
  public let definition: String
  /// What identifies the definition, the members and the steps.
  public let contentDigest: String
  /// The command that made it.
  public let commandLine: String
  /// When it was made, in ISO 8601.
  public let madeAt: String
  /// The number of members that the catalog still holds; below the number kept when a later ingest
  /// removed radiographs.
  public let radiographCount: Int
  /// The number of patients of these members.
  public let patientCount: Int
  /// The datasets that were ingested anew since, sorted; what the definition would choose from them
  /// now may differ.
  public let outdatedDatasets: [String]
  /// The splits that the cohort was chosen by and that were removed or made anew since; filled by who
  /// reads the definition, which the catalog does not.
  public var outdatedSplits: [CohortSplit] = []
  /// The way to the cohort, dataset by dataset, as it was when the cohort was made.
  public let steps: [CohortStep]
}
