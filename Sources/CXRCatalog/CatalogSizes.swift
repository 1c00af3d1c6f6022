// SPDX-License-Identifier: Apache-2.0

/// How many radiographs and prompts the things of a catalog have, by name.
public struct CatalogSizes: Hashable, Sendable {
  /// The radiographs of each dataset.
  public var datasets: [String: Int] = [:]
  /// The members of each cohort, by dataset.
  public var cohorts: [String: [String: Int]] = [:]
  /// The radiographs in each part of a split: by dataset, split and part.
  public var splits: [String: [String: [String: Int]]] = [:]
  /// The prompts of each set.
  public var prompts: [String: Int] = [:]

  /// Creates sizes of nothing.
  public init() {}
}
