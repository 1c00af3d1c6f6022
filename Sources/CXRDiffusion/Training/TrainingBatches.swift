// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// Makes the batches of a run: of the images to be learned, each beside one of its class if there are
/// images of a class (DreamBooth's prior preservation).
///
/// The shorter of the two lists is gone through again until the longer one ends, as diffusers does.
struct TrainingBatches {
  private let learned: NoisedBatches
  private let prior: NoisedBatches?
  private let configuration: FineTuningConfiguration
  private let timestepCount: Int

  /// Prepares the making.
  ///
  /// - Parameters:
  ///   - learned: The images to be learned.
  ///   - prior: The images of their class, if any.
  ///   - configuration: How the model is fine-tuned.
  ///   - timestepCount: The timesteps of the noise schedule.
  init(
    of learned: NoisedBatches, prior: NoisedBatches?, _ configuration: FineTuningConfiguration,
    timestepCount: Int
  ) {
    self.learned = learned
    self.prior = prior
    self.configuration = configuration
    self.timestepCount = timestepCount
  }

  /// The positions of an epoch.
  var count: Int { max(learned.count, prior?.count ?? 0) }

  /// A batch to learn from.
  ///
  /// - Parameters:
  ///   - positions: Positions below ``count``, at least one.
  ///   - step: The number of the step.
  /// - Returns: The batch.
  /// - Throws: `TensorError` if memory is short.
  func batch(_ positions: [Int], step: Int) throws(TensorError) -> NoisedBatch {
    func batch(of images: NoisedBatches) throws(TensorError) -> NoisedBatch {
      try images.batch(
        positions, step: step, timestepCount: timestepCount, noise: configuration.noise,
        dropout: configuration.promptDropout)
    }
    let own = try batch(of: learned)
    guard let prior else { return own }
    return try own.joined(with: batch(of: prior), weighing: configuration.priorLossWeight)
  }
}
