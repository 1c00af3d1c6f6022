// SPDX-License-Identifier: Apache-2.0

/// One image store in numbers.
public struct ImageStoreInfo: Codable, Sendable {
  /// The name.
  public let name: String
  /// The path of the folder.
  public let folder: String
  /// The width and height of every image, in pixels.
  public let sidePixels: Int
  /// The bits of a pixel.
  public let bitDepth: Int
  /// What became of the radiographs, as a JSON object.
  public let preparation: String
  /// The number of radiographs with pixels.
  public let imageCount: Int
  /// The number of radiographs whose file could not be decoded, by reason.
  public let problemCounts: [String: Int]
  /// The command that built the store.
  public let commandLine: String
}
