// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import Foundation

/// What an image store is to hold.
public struct StoreDescription: Codable, Hashable, Sendable {
  /// The version of the layout of the folder.
  public let layoutVersion: Int
  /// What became of the radiographs.
  public let preparation: StorePreparation
  /// The number of radiographs that were asked for.
  public let radiographCount: Int
  /// The SHA-256 of the list of radiographs: dataset and image name, a line each.
  public let radiographDigest: String
  /// The number of radiographs that were asked for per shard; the last may have fewer.
  public let shardLength: Int

  init(_ radiographs: [RadiographFile], preparation: StorePreparation, shardLength: Int) {
    layoutVersion = 1
    self.preparation = preparation
    self.shardLength = shardLength
    radiographCount = radiographs.count
    radiographDigest = FileDigest.sha256(
      of: radiographs.map { "\($0.dataset)\t\($0.imageName)\n" }.joined())
  }

  /// Reads a description.
  ///
  /// - Parameter path: The path of `store.json`.
  /// - Throws: ``ImageError`` with code `.malformed` or `.missing`.
  init(path: String) throws(ImageError) {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw ImageError(.missing, "\(path) cannot be read; name the folder of an image store.")
    }
    do {
      self = try JSONDecoder().decode(Self.self, from: data)
    } catch {
      throw ImageError(
        .malformed, "\(path) describes no image store of this program; build the store again.",
        cause: error)
    }
  }

  /// The number of shards.
  public var shardCount: Int { (radiographCount + shardLength - 1) / shardLength }

  /// The numbers of the radiographs that were asked for in a shard.
  func radiographs(ofShard shard: Int) -> Range<Int> {
    shard * shardLength..<min((shard + 1) * shardLength, radiographCount)
  }

  /// The description with sorted keys, ending in a line break.
  var json: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    // Numbers and texts are always encodable.
    return ((try? encoder.encode(self)).map(Array.init) ?? []) + [UInt8(ascii: "\n")]
  }
}
