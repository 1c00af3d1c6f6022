// SPDX-License-Identifier: Apache-2.0

/// A cohort as it is stored: which radiographs, by which definition, and what each rule removed.
public struct CohortContent: Hashable, Sendable {
  /// The name of the cohort.
  public let name: String
  /// The definition in its canonical text.
  public let definition: String
  /// What identifies the definition, the members and the steps.
  public let contentDigest: String
  /// The ids of the radiographs, ascending.
  public let radiographIDs: [Int64]
  /// The way to the cohort, dataset by dataset, each from its start to what was kept.
  public let steps: [CohortStep]
  /// The splits that members were chosen by.
  public let splits: [CohortSplit]

  /// Creates the content of a cohort.
  ///
  /// - Parameters:
  ///   - name: The name of the cohort.
  ///   - definition: The definition in its canonical text.
  ///   - contentDigest: What identifies the definition, the members and the steps.
  ///   - radiographIDs: The ids of the radiographs, ascending.
  ///   - steps: The way to the cohort.
  ///   - splits: The splits that members were chosen by.
  public init(
    name: String, definition: String, contentDigest: String, radiographIDs: [Int64],
    steps: [CohortStep], splits: [CohortSplit] = []
  ) {
    self.name = name
    self.definition = definition
    self.contentDigest = contentDigest
    self.radiographIDs = radiographIDs
    self.steps = steps
    self.splits = splits
  }
}
