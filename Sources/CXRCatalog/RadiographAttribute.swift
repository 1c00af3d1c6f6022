// SPDX-License-Identifier: Apache-2.0

/// Something that a dataset says of a radiograph and that no column of the catalog is made for.
public struct RadiographAttribute: Codable, Hashable, Sendable {
  /// What is said, such as `pediatric`.
  public let name: String
  /// The dataset's own word.
  public let value: String

  /// Creates an attribute.
  ///
  /// - Parameters:
  ///   - name: What is said, such as `pediatric`.
  ///   - value: The dataset's own word.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}
