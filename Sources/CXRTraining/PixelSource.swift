// SPDX-License-Identifier: Apache-2.0
public import CXRImage

/// Square images of one size that can be read by number, from any thread.
public protocol PixelSource: Sendable {
  /// The width and height of every image, in pixels.
  var side: Int { get }

  /// What tells these pixels from others.
  var contentDigest: String { get }

  /// Reads an image.
  ///
  /// - Parameter index: The number of the image.
  /// - Returns: The image, ``side`` by ``side`` pixels.
  /// - Throws: Why the image cannot be read.
  func image(at index: Int) throws -> GrayImage

  /// Says where an image lies, without naming a patient.
  ///
  /// - Parameter index: The number of the image.
  /// - Returns: Such as `shard 2, row 17 of stores/nih-64`.
  func place(of index: Int) -> String
}

extension ImageStore: PixelSource {
  /// The width and height of every image, in pixels.
  public var side: Int { description.preparation.side }

  /// Says where an image lies.
  ///
  /// - Parameter index: The number of the radiograph in `radiographs`.
  /// - Returns: Such as `shard 2, row 17 of stores/nih-64`.
  public func place(of index: Int) -> String {
    let place = radiographs[index].place
    return "shard \(place?.shard ?? 0), row \(place?.row ?? 0) of \(folder)"
  }
}
