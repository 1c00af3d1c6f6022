// SPDX-License-Identifier: Apache-2.0

/// An image store as the catalog knows it: where it is, and which radiograph lies where in it.
public struct ImageStoreContent: Sendable {
  /// One radiograph of the store.
  public struct Image: Hashable, Sendable {
    /// The name of the dataset.
    public var dataset: String
    /// The name of the image.
    public var imageName: String
    /// The number of the shard; `nil` when there are no pixels.
    public var shard: Int?
    /// The number of the image in the shard; `nil` when there are no pixels.
    public var shardRow: Int?
    /// The SHA-256 of the file that was decoded; `nil` when there are no pixels.
    public var fileSHA256: String?
    /// Why there are no pixels; `nil` when there are.
    public var problem: String?

    /// Creates an image.
    ///
    /// - Parameters:
    ///   - dataset: The name of the dataset.
    ///   - imageName: The name of the image.
    ///   - shard: The number of the shard, if there are pixels.
    ///   - shardRow: The number of the image in the shard, if there are pixels.
    ///   - fileSHA256: The SHA-256 of the file that was decoded, if there are pixels.
    ///   - problem: Why there are no pixels, if there are none.
    public init(
      dataset: String, imageName: String, shard: Int? = nil, shardRow: Int? = nil,
      fileSHA256: String? = nil, problem: String? = nil
    ) {
      self.dataset = dataset
      self.imageName = imageName
      self.shard = shard
      self.shardRow = shardRow
      self.fileSHA256 = fileSHA256
      self.problem = problem
    }
  }

  /// The name.
  public var name: String
  /// The path of the folder.
  public var folder: String
  /// The width and height of every image, in pixels.
  public var sidePixels: Int
  /// The bits of a pixel.
  public var bitDepth: Int
  /// What became of the radiographs, as a JSON object with sorted keys.
  public var preparation: String
  /// What identifies the store's content; equal digests mean that nothing has changed.
  public var contentDigest: String
  /// The radiographs, no one twice.
  public var images: [Image]

  /// Creates a store.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - folder: The path of the folder.
  ///   - sidePixels: The width and height of every image, in pixels.
  ///   - bitDepth: The bits of a pixel.
  ///   - preparation: What became of the radiographs, as a JSON object.
  ///   - contentDigest: What identifies the store's content.
  ///   - images: The radiographs.
  public init(
    name: String, folder: String, sidePixels: Int, bitDepth: Int, preparation: String,
    contentDigest: String, images: [Image]
  ) {
    self.name = name
    self.folder = folder
    self.sidePixels = sidePixels
    self.bitDepth = bitDepth
    self.preparation = preparation
    self.contentDigest = contentDigest
    self.images = images
  }
}
