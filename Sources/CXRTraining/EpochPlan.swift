// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The order of an epoch: which examples are in which batch, and which of them a rank sees.
///
///     let plan = EpochPlan(seed: 7, epoch: 3, count: 5_216, batchSize: 32)
///     plan.positions(ofBatch: 17)
///
/// A plan is a function of its arguments, so that training goes on from any batch as if it had not
/// been interrupted. Neither batches nor the parts that a network is given of them depend on the
/// number of ranks: each rank takes its slice of every part. Number epochs on from stage to stage, so
/// that no two have the same order.
public struct EpochPlan: Hashable, Sendable {
  /// In which order examples come.
  public enum Order: String, Codable, Sendable {
    /// In random order, another one in each epoch.
    case shuffled
    /// As they are numbered.
    case numbered
  }

  /// What becomes of the examples that do not fill a batch.
  public enum Remainder: String, Codable, Sendable {
    /// They are a smaller batch, the last.
    case kept
    /// They are left out of this epoch.
    case dropped
  }

  /// The number of the epoch, from 0.
  public let epoch: Int
  /// The number of examples.
  public let count: Int
  /// The examples of a batch, those of all ranks together.
  public let batchSize: Int
  /// The examples of a batch that a network is given together, those of all ranks.
  public let partSize: Int
  /// The number of batches.
  public let batchCount: Int
  /// The number of this rank, from 0.
  public let rank: Int
  /// The number of ranks.
  public let rankCount: Int
  private let order: [Int32]

  /// Plans an epoch.
  ///
  /// - Parameters:
  ///   - seed: The seed.
  ///   - epoch: The number of the epoch, from 0.
  ///   - count: The number of examples, below 2³¹.
  ///   - batchSize: The examples of a batch, those of all ranks together, at least 1.
  ///   - partSize: The examples of a batch that a network is given together, those of all ranks, at
  ///     least 1; `nil` for the whole batch.
  ///   - order: In which order examples come.
  ///   - remainder: What becomes of the examples that do not fill a batch.
  ///   - rank: The number of this rank, from 0.
  ///   - rankCount: The number of ranks.
  /// - Precondition: The epoch and the count are not negative, and the rank is below the number of
  ///   ranks.
  /// - Complexity: O(`count`).
  public init(
    seed: UInt64, epoch: Int, count: Int, batchSize: Int, partSize: Int? = nil,
    order: Order = .shuffled, remainder: Remainder = .kept, rank: Int = 0, rankCount: Int = 1
  ) {
    precondition(epoch >= 0 && (0..<Int(Int32.max)).contains(count) && batchSize > 0)
    precondition(partSize ?? 1 > 0, "a part has an example")
    precondition((0..<rankCount).contains(rank), "a rank is below the number of ranks")
    self.epoch = epoch
    self.count = count
    self.batchSize = batchSize
    self.partSize = partSize ?? batchSize
    self.rank = rank
    self.rankCount = rankCount
    batchCount =
      switch remainder {
      case .kept: (count + batchSize - 1) / batchSize
      case .dropped: count / batchSize
      }
    let numbered = (0..<Int32(count)).map { $0 }
    self.order =
      switch order {
      case .numbered: numbered
      case .shuffled:
        numbered.shuffled(
          by: RandomStream(seed: seed, purpose: "train.order", index: epoch), prefix: count)
      }
  }

  /// Returns the examples of a batch, those of all ranks.
  ///
  /// - Parameter batch: The number of the batch, from 0.
  /// - Returns: Positions in `0..<count`, ``batchSize`` of them but for a smaller last batch.
  /// - Precondition: The batch is one of ``batchCount``.
  public func positionsOfAllRanks(ofBatch batch: Int) -> [Int] {
    precondition((0..<batchCount).contains(batch), "there is no such batch")
    return order[batch * batchSize..<min((batch + 1) * batchSize, count)].map { Int($0) }
  }

  /// Returns the examples of a batch that this rank sees, part by part.
  ///
  /// - Parameter batch: The number of the batch, from 0.
  /// - Returns: Positions in `0..<count`.
  /// - Precondition: The batch is one of ``batchCount``.
  public func positions(ofBatch batch: Int) -> [Int] {
    let positions = positionsOfAllRanks(ofBatch: batch)
    return slices(ofCount: positions.count).flatMap { positions[$0] }
  }

  /// Returns the parts in which this rank gives a batch to a network.
  ///
  /// Parts of all ranks have ``partSize`` examples at most and differ by one example at most, and so
  /// do the slices of a part that the ranks see; of a part that is smaller than the number of ranks
  /// some see none. Weigh each rank by its examples where gradients are added up.
  ///
  /// - Parameter batch: The number of the batch, from 0.
  /// - Returns: Places in ``positions(ofBatch:)``, one range after the other; as many for all ranks.
  /// - Precondition: The batch is one of ``batchCount``.
  public func parts(ofBatch batch: Int) -> [Range<Int>] {
    var end = 0
    return slices(ofCount: positionsOfAllRanks(ofBatch: batch).count).map { slice in
      defer { end += slice.count }
      return end..<end + slice.count
    }
  }

  /// The slices of a batch that this rank sees, one of each part: parts are cut first, so that they do
  /// not depend on the number of ranks.
  private func slices(ofCount count: Int) -> [Range<Int>] {
    let partCount = (count + partSize - 1) / partSize
    return (0..<partCount).map { part in
      let (start, end) = (count * part / partCount, count * (part + 1) / partCount)
      let size = end - start
      return start + size * rank / rankCount..<start + size * (rank + 1) / rankCount
    }
  }
}
