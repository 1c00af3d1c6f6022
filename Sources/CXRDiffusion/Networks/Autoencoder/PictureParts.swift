// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// What of a batch of pictures an ``Autoencoder`` works on at once: less memory for more time.
public struct PictureParts: Hashable, Codable, Sendable {
  /// How many pictures; `nil` for all.
  ///
  /// The result is the same but for rounding.
  public var batchSize: Int?
  /// The side of the squares that larger pictures are cut into, in pixels of pictures that are not
  /// latent; `nil` for no cutting.
  ///
  /// Squares overlap by a quarter and are blended, as diffusers does it. The result differs, because
  /// normalisation and attention do not see the whole picture.
  public var tileSide: Int?

  /// Creates a choice.
  ///
  /// - Precondition: Numbers are above 0.
  public init(batchSize: Int? = nil, tileSide: Int? = nil) {
    precondition((batchSize ?? 1) > 0 && (tileSide ?? 1) > 0, "numbers above 0")
    self.batchSize = batchSize
    self.tileSide = tileSide
  }

  /// Everything at once.
  public static let whole = PictureParts()

  /// Runs a network part by part.
  func run(
    _ pictures: Tensor, _ tiling: Tiling?,
    _ network: (Tensor) throws(TensorError) -> Tensor
  ) throws(TensorError) -> Tensor {
    let shape = pictures.shape
    guard shape.count == 4 else {
      throw TensorError(.refused, "\(pictures) are no pictures; give four axes")
    }
    func result(of part: Tensor) throws(TensorError) -> Tensor {
      guard let tiling else { return try network(part) }
      return try tiling.run(part, network)
    }
    guard let batchSize, batchSize < shape[0] else { return try result(of: pictures) }
    var results: [Tensor] = []
    for start in stride(from: 0, to: shape[0], by: batchSize) {
      let end = min(start + batchSize, shape[0])
      results.append(try result(of: pictures.slice(start..<end)))
    }
    return try Tensor.joined(results, along: 0)
  }
}
