// SPDX-License-Identifier: Apache-2.0

/// A division of a dataset's radiographs into named parts.
public struct SplitContent: Hashable, Sendable {
  /// The name of the split that a dataset's own lists make.
  public static let officialName = "official"

  /// The name of the split.
  public let name: String
  /// How the split was made, such as `train-test-split` or `imported`.
  public let method: String
  /// The seed, where one was used.
  public let seed: Int?
  /// What else is needed to make the split again.
  public let detail: String
  /// The part of each image; images without an entry lie in no part.
  public let partByImageName: [String: String]

  /// How the methods of a split's subsets begin, by which they are found again.
  ///
  /// - Parameter name: The name of the split.
  /// - Returns: Such as `subset of study:`.
  public static func subsetMethod(of name: String) -> String { "subset of \(name):" }

  /// Creates a split.
  ///
  /// - Parameters:
  ///   - name: The name of the split.
  ///   - method: How the split was made.
  ///   - seed: The seed, where one was used.
  ///   - detail: What else is needed to make the split again.
  ///   - partByImageName: The part of each image.
  public init(
    name: String, method: String, seed: Int?, detail: String, partByImageName: [String: String]
  ) {
    self.name = name
    self.method = method
    self.seed = seed
    self.detail = detail
    self.partByImageName = partByImageName
  }
}
