// SPDX-License-Identifier: Apache-2.0

/// Batch normalisation of pictures: tensors `weight`, `bias`, `running_mean`, `running_var` and
/// `num_batches_tracked` (Ioffe and Szegedy, <https://arxiv.org/abs/1502.03167>).
public struct BatchNorm {
  private let weight, bias, runningMean, runningVariance, batchCount: Tensor
  private let momentum: Double
  private let epsilon: Double

  /// Makes the layer: the identity but for rounding until something is learned.
  ///
  /// - Throws: ``TensorError`` if memory is short.
  public init(
    channels: Int, momentum: Double = 0.1, epsilon: Double = 1e-5, in scope: ParameterScope
  ) throws(TensorError) {
    weight = try scope.parameter("weight", [channels], .constant(1))
    bias = try scope.parameter("bias", [channels], .constant(0))
    runningMean = try scope.buffer("running_mean", [channels], filledWith: 0)
    runningVariance = try scope.buffer("running_var", [channels], filledWith: 1)
    batchCount = try scope.buffer("num_batches_tracked", [], filledWith: 0, as: .int64)
    self.momentum = momentum
    self.epsilon = epsilon
  }

  /// Normalises each channel, in training by the batch and otherwise by the running statistics.
  ///
  /// - Throws: ``TensorError`` with code `.refused` for another number of channels, or for a batch
  ///   of one value a channel in training.
  public func callAsFunction(_ input: Tensor, _ phase: Phase) throws(TensorError) -> Tensor {
    if phase == .training, input.count == runningMean.count {
      throw TensorError(
        .refused,
        "a batch of one value for each channel, \(input), has no variance; use larger batches or "
          + "pictures")
    }
    // The second run of a recomputed part sees the same batch, which counts once.
    let isSecondRun = RecomputedSegment.isSecondRun
    if phase == .training, !isSecondRun {
      try withoutGradients { () throws(TensorError) in try batchCount.add(1) }
    }
    return try input.batchNormalized(
      weight: weight, bias: bias, runningMean: runningMean, runningVariance: runningVariance,
      phase: phase, momentum: isSecondRun ? 0 : momentum, epsilon: epsilon)
  }
}
