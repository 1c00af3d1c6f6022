// SPDX-License-Identifier: Apache-2.0

/// One split in numbers.
public struct SplitInfo: Codable, Sendable {
  /// The name of the split.
  public let name: String
  /// How the split was made.
  public let method: String
  /// The seed, where one was used.
  public let seed: Int?
  /// What else is needed to make the split again.
  public let detail: String
  /// Radiographs by part.
  public let parts: [CatalogInfo.Count]
}
