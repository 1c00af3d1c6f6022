// SPDX-License-Identifier: Apache-2.0

/// The images and targets of one step, in memory as a tensor has them.
///
///     let pixels = try Tensor(batch.pixels, shape: batch.pixelShape)
public struct ImageBatch: Sendable, Equatable {
  /// The number of the batch in its epoch, from 0.
  public let number: Int
  /// What is learned, in the order of the columns of ``targets`` and ``mask``.
  public let labels: [LearnedLabel]
  /// The radiographs' ids in the catalog, shape `[n]`.
  public let radiographIDs: [Int64]
  /// Whether the images are real or synthetic, shape `[n]`.
  public let sources: [TrainingSource]
  /// The pixels, shape `[n, channels, side, side]`.
  public let pixels: [Float]
  /// `[n, channels, side, side]`.
  public let pixelShape: [Int]
  /// 1 for positive, 0 for negative and where there is no target, shape `[n, labels]`.
  public let targets: [Float]
  /// 1 where there is a target, 0 where there is none, shape `[n, labels]`.
  public let mask: [Float]

  /// The number of images.
  public var count: Int { radiographIDs.count }

  /// `[n, labels]`.
  public var targetShape: [Int] { [count, labels.count] }
}
