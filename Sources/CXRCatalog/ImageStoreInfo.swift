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
  /// The number of radiographs with pixels that the catalog has no longer, because their dataset was
  /// ingested anew.
  public let vanishedCount: Int
  /// The number of radiographs that the options of the build would choose now and that are not in
  /// the store, by dataset; `nil` when that cannot be told, as when the cohort or the split is gone.
  public let unstoredCounts: [String: Int]?
  /// The command that built the store.
  public let commandLine: String

  /// Whether the catalog still names exactly the radiographs of the store, as far as can be told.
  public var isCurrent: Bool { vanishedCount == 0 && unstoredCounts?.isEmpty != false }
}
