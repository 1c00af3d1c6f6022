// SPDX-License-Identifier: Apache-2.0

/// One step of the way from a dataset to its part of a cohort.
public struct CohortStep: Codable, Hashable, Sendable {
  /// What a step counts.
  public enum Kind: String, Codable, Sendable {
    /// What the catalog holds of the dataset.
    case start
    /// What a rule removed that no rule before it had removed.
    case excluded
    /// What is left after the last rule.
    case kept
  }

  /// The name of the dataset.
  public let dataset: String
  /// What the step counts.
  public let kind: Kind
  /// The rule in words, such as `view is not PA`.
  public let name: String
  /// The number of radiographs.
  public let radiographCount: Int
  /// The number of studies; of an exclusion those that lost their last radiograph by it.
  public let studyCount: Int
  /// The number of patients; of an exclusion those that lost their last radiograph by it.
  public let patientCount: Int

  /// Creates a step.
  ///
  /// - Parameters:
  ///   - dataset: The name of the dataset.
  ///   - kind: What the step counts.
  ///   - name: The rule in words.
  ///   - radiographCount: The number of radiographs, not negative.
  ///   - studyCount: The number of studies, not negative; 0 where the dataset has none.
  ///   - patientCount: The number of patients, not negative.
  public init(
    dataset: String, kind: Kind, name: String, radiographCount: Int, studyCount: Int,
    patientCount: Int
  ) {
    self.dataset = dataset
    self.kind = kind
    self.name = name
    self.radiographCount = radiographCount
    self.studyCount = studyCount
    self.patientCount = patientCount
  }
}
