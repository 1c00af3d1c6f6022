// SPDX-License-Identifier: Apache-2.0
public import CXRTraining

extension ExampleSet {
  /// Plans an epoch of the set.
  ///
  /// - Parameters:
  ///   - epoch: The number of the epoch, from 0.
  ///   - batchSize: The examples of a batch, those of all ranks together.
  ///   - partSize: The examples of a batch that a network is given together, those of all ranks;
  ///     `nil` for the whole batch.
  ///   - order: In which order examples come.
  ///   - remainder: What becomes of the examples that do not fill a batch.
  ///   - rank: The number of this rank, from 0.
  ///   - rankCount: The number of ranks.
  /// - Returns: The plan, with the seed of the set.
  public func plan(
    epoch: Int, batchSize: Int, partSize: Int? = nil, order: EpochPlan.Order = .shuffled,
    remainder: EpochPlan.Remainder = .kept, rank: Int = 0, rankCount: Int = 1
  ) -> EpochPlan {
    EpochPlan(
      seed: seed, epoch: epoch, count: countPerEpoch, batchSize: batchSize,
      partSize: partSize, order: order, remainder: remainder, rank: rank, rankCount: rankCount)
  }
}
