// SPDX-License-Identifier: Apache-2.0

/// A generation run as the catalog knows it.
public struct GenerationRunContent: Codable, Hashable, Sendable {
  /// The name.
  public var name: String
  /// The folder of the images.
  public var folder: String
  /// The name of the prompt set.
  public var promptSet: String
  /// The digest of the prompt set when the run began.
  public var promptSetDigest: String
  /// Everything that decides the images and how they are checked, as JSON.
  public var configurationJSON: String
  /// The most attempts at an image, at least 1.
  public var attemptLimit: Int
  /// The dataset that the accepted images were last entered as.
  public internal(set) var dataset: String?

  /// Creates a run.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - folder: The folder of the images.
  ///   - promptSet: The name of the prompt set.
  ///   - promptSetDigest: The digest of the prompt set.
  ///   - configurationJSON: Everything that decides the images and how they are checked, as JSON.
  ///   - attemptLimit: The most attempts at an image, at least 1.
  public init(
    name: String, folder: String, promptSet: String, promptSetDigest: String,
    configurationJSON: String, attemptLimit: Int
  ) {
    self.name = name
    self.folder = folder
    self.promptSet = promptSet
    self.promptSetDigest = promptSetDigest
    self.configurationJSON = configurationJSON
    self.attemptLimit = attemptLimit
  }

  /// Whether two runs agree in everything but the dataset that their images were entered as.
  func isSame(as other: Self) -> Bool {
    var other = other
    other.dataset = dataset
    return self == other
  }
}
