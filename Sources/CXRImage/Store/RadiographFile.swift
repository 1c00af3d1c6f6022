// SPDX-License-Identifier: Apache-2.0

/// A radiograph and the file that holds its pixels.
public struct RadiographFile: Hashable, Sendable {
  /// The name of the dataset.
  public var dataset: String
  /// The name of the image, unique within the dataset.
  public var imageName: String
  /// The path of the file.
  public var path: String

  /// Creates a radiograph's file.
  ///
  /// - Parameters:
  ///   - dataset: The name of the dataset.
  ///   - imageName: The name of the image.
  ///   - path: The path of the file.
  public init(dataset: String, imageName: String, path: String) {
    self.dataset = dataset
    self.imageName = imageName
    self.path = path
  }
}
