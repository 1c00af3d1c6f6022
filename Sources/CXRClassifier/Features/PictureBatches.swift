// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRImage
public import CXRTensor

/// Gives images to a network in batches, whatever they were read from.
///
///     var batches = PictureBatches()
///     batches.batchSize = 32
///     let rows = try await batches.features(of: images.count, by: network) { images[$0] }
public struct PictureBatches: Sendable {
  /// Where the network computes.
  public var device = Device.cpu
  /// The images that are given to the network together.
  public var batchSize = 32
  /// How many images are read and prepared at the same time.
  public var workers = 1

  /// Creates batches of 32 images on the processor.
  public init() {}

  /// The features of images.
  ///
  /// An image of another size than the network takes is prepared as `cxr images build` does.
  ///
  /// - Parameters:
  ///   - count: The number of images.
  ///   - network: The network.
  ///   - image: Reads an image, from any thread.
  /// - Returns: As many numbers for each image, row by row.
  /// - Throws: What `image` throws; `ImageError`; `TensorError` with code `.nonFinite` for what is no
  ///   number, `.outOfMemory`; `CancellationError`.
  @TensorActor public func features(
    of count: Int, by network: any FeatureNetwork,
    image: @escaping @Sendable (Int) throws -> GrayImage
  ) async throws -> [Float] {
    var rows: [Float] = []
    try await forEachBatch(
      of: count, network.preparation, side: network.imageSide, image: image
    ) { pictures in
      let values = try withInference { () throws(TensorError) in
        try network.features(of: pictures).values(as: Float.self)
      }
      guard values.allSatisfy(\.isFinite) else {
        throw TensorError(
          .nonFinite, "the network gave a feature that is no number; check its file")
      }
      rows += values
    }
    return rows
  }

  /// The numbers that a model tells of images.
  ///
  /// An image of another size than the model takes is prepared as `cxr images build` does.
  ///
  /// - Parameters:
  ///   - count: The number of images.
  ///   - model: The model.
  ///   - image: Reads an image, from any thread.
  /// - Returns: A number for each image and output of the model, row by row.
  /// - Throws: As for features.
  @TensorActor public func values(
    of count: Int, by model: any PredictionModel,
    image: @escaping @Sendable (Int) throws -> GrayImage
  ) async throws -> [Double] {
    var rows: [Double] = []
    try await forEachBatch(
      of: count, model.preparation, side: model.imageSide, image: image
    ) { pictures in
      let values = try withInference { () throws(TensorError) in try model.values(for: pictures) }
      guard values.count == pictures.shape[0] * model.outputs.count,
        values.allSatisfy(\.isFinite)
      else {
        throw TensorError(.nonFinite, "the model gave no number for an image; check its file")
      }
      rows += values
    }
    return rows
  }

  @TensorActor private func forEachBatch(
    of count: Int, _ preparation: any PicturePreparation, side: ImageSide,
    image: @escaping @Sendable (Int) throws -> GrayImage, _ body: (Tensor) throws -> Void
  ) async throws {
    let channels = preparation.channels
    for start in stride(from: 0, to: count, by: batchSize) {
      let numbers = start..<min(start + batchSize, count)
      let pictures = try await numbers.concurrentMap(width: workers) { number in
        let image = try Self.fitted(image(number), to: side)
        let planes = try preparation.planes(of: image, seed: 0, index: 0)
        return Picture(
          pixels: (0..<channels).flatMap { planes[Swift.min($0, planes.count - 1)] },
          side: preparation.side(ofImages: image.width))
      }
      let side = pictures[0].side
      precondition(pictures.allSatisfy { $0.side == side }, "pictures of one size")
      try body(
        Tensor(
          pictures.flatMap(\.pixels), shape: [pictures.count, channels, side, side]
        ).converted(on: device))
    }
  }

  private struct Picture: Sendable {
    let pixels: [Float]
    let side: Int
  }

  /// The image as `cxr images build` stores it, for a network that takes one size only.
  private static func fitted(_ image: GrayImage, to side: ImageSide) throws -> GrayImage {
    guard case .exactly(let side) = side, image.width != side || image.height != side else {
      return image
    }
    return try StorePreparation(side: side)(image)
  }
}
