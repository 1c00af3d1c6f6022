// SPDX-License-Identifier: Apache-2.0

/// A split of a dataset by which the members of a cohort were chosen.
public struct CohortSplit: Codable, Hashable, Sendable {
  /// The name of the dataset.
  public let dataset: String
  /// The name of the split.
  public let split: String
  /// Whether the catalog has a split of the name now.
  public var isPresent: Bool

  /// Names a split.
  ///
  /// - Parameters:
  ///   - dataset: The name of the dataset.
  ///   - split: The name of the split.
  ///   - isPresent: Whether the catalog has a split of the name now.
  public init(dataset: String, split: String, isPresent: Bool = true) {
    self.dataset = dataset
    self.split = split
    self.isPresent = isPresent
  }
}
