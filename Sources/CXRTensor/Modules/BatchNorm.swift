// SPDX-License-Identifier: Apache-2.0

/// Batch normalisation of pictures: tensors `weight`, `bias`, `running_mean`, `running_var` and
/// `num_batches_tracked` (Ioffe and Szegedy, <https://arxiv.org/abs/1502.03167>).
public struct BatchNorm {
  private let weight, bias, runningMean, runningVariance, batchCount: Tensor
  private let momentum: Double
  private let epsilon: Double
  private let ranks: RankGroup

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
    ranks = scope.ranks
  }

  /// Normalises each channel, in training by the batch and otherwise by the running statistics.
  ///
  /// The batch is that of all ranks which learn the network: results and gradients are those of one
  /// rank that has all its pictures.
  ///
  /// - Throws: ``TensorError`` with code `.refused` for another number of channels, or for a batch
  ///   of one value a channel in training.
  public func callAsFunction(_ input: Tensor, _ phase: Phase) throws(TensorError) -> Tensor {
    if phase == .training, ranks.isShared { return try normalizedByAllRanks(input) }
    if phase == .training, input.count == runningMean.count { throw Self.withoutVariance(input) }
    // The second run of a recomputed part sees the same batch, which counts once.
    let isSecondRun = RecomputedSegment.isSecondRun
    if phase == .training, !isSecondRun {
      try withoutGradients { () throws(TensorError) in try batchCount.add(1) }
    }
    return try input.batchNormalized(
      weight: weight, bias: bias, runningMean: runningMean, runningVariance: runningVariance,
      phase: phase, momentum: isSecondRun ? 0 : momentum, epsilon: epsilon)
  }

  /// Normalises by the batches of all ranks, in training.
  private func normalizedByAllRanks(_ input: Tensor) throws(TensorError) -> Tensor {
    let statistics = try withoutGradients { () throws(TensorError) in
      try SharedStatistics(of: input, over: ranks)
    }
    guard statistics.count > 1 else { throw Self.withoutVariance(input) }
    if !RecomputedSegment.isSecondRun {
      try withoutGradients { () throws(TensorError) in
        try batchCount.add(1)
        try runningMean.move(
          towards: statistics.tensor(statistics.means, like: runningMean), by: momentum)
        // Running variances are those of a sample.
        let correction = statistics.count / (statistics.count - 1)
        try runningVariance.move(
          towards: statistics.tensor(
            statistics.variances.map { $0 * correction }, like: runningVariance), by: momentum)
      }
    }
    return try statistics.normalized(input, weight: weight, bias: bias, epsilon: epsilon)
  }

  private static func withoutVariance(_ input: Tensor) -> TensorError {
    TensorError(
      .refused,
      "a batch of one value for each channel, \(input), has no variance; use larger batches or "
        + "pictures")
  }
}
