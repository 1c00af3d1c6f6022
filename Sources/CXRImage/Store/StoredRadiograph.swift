// SPDX-License-Identifier: Apache-2.0

/// What a store says of one radiograph: where its pixels lie, or why there are none.
public struct StoredRadiograph: Hashable, Sendable {
  /// Where an image lies in a store.
  public struct Place: Hashable, Sendable {
    /// The number of the shard, from 0.
    public var shard: Int
    /// The number of the image in the shard, from 0.
    public var row: Int
  }

  /// What the file held before it was prepared.
  public struct Source: Hashable, Sendable {
    /// The SHA-256 of the file.
    public var sha256: String
    /// The bytes of the file.
    public var byteCount: Int
    /// The width as decoded, in pixels; JPEG and JPEG 2000 may have been decoded at a fraction of it.
    public var width: Int
    /// The height as decoded, in pixels.
    public var height: Int
    /// The significant bits of a pixel.
    public var bitDepth: Int
  }

  /// The name of the dataset.
  public var dataset: String
  /// The name of the image.
  public var imageName: String
  /// Where the pixels lie; `nil` when the file could not be decoded.
  public var place: Place?
  /// What the file held; `nil` when it could not be decoded.
  public var source: Source?
  /// Why there are no pixels; `nil` when there are.
  public var problem: ImageError.Code?
}

extension StoredRadiograph {
  /// The columns of a store's index.
  static let header = [
    "dataset", "imageName", "shard", "row", "sha256", "byteCount", "width", "height", "bitDepth",
    "problem",
  ]

  /// The radiograph as a row of the index.
  var fields: [String] {
    let place = place.map { ["\($0.shard)", "\($0.row)"] } ?? ["", ""]
    let source =
      source.map {
        [$0.sha256, "\($0.byteCount)", "\($0.width)", "\($0.height)", "\($0.bitDepth)"]
      } ?? ["", "", "", "", ""]
    return [dataset, imageName] + place + source + [problem?.rawValue ?? ""]
  }

  /// Reads a row of the index.
  ///
  /// - Returns: The radiograph; `nil` if the row is damaged.
  init?(fields: [String]) {
    guard fields.count == Self.header.count else { return nil }
    dataset = fields[0]
    imageName = fields[1]
    problem = ImageError.Code(rawValue: fields[9])
    guard problem == nil else { return }
    let numbers = fields[2...3] + fields[5...8]
    let values = numbers.compactMap { Int($0) }
    guard values.count == 6 else { return nil }
    place = Place(shard: values[0], row: values[1])
    source = Source(
      sha256: fields[4], byteCount: values[2], width: values[3], height: values[4],
      bitDepth: values[5])
  }
}
