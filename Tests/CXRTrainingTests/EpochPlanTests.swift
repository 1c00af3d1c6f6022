// SPDX-License-Identifier: Apache-2.0
import Testing
import CXRTraining

@Suite("Epoch plan")
struct EpochPlanTests {
  private func all(_ plan: EpochPlan) -> [Int] {
    (0..<plan.batchCount).flatMap { plan.positions(ofBatch: $0) }
  }

  @Test("Every example occurs once, in another order in each epoch", arguments: [1, 31, 32, 100])
  func presentsEachOnce(_ count: Int) {
    let orders = (0..<3).map { all(EpochPlan(seed: 7, epoch: $0, count: count, batchSize: 8)) }
    for order in orders { #expect(order.sorted() == Array(0..<count)) }
    #expect(count == 1 || Set(orders).count == 3)
  }

  @Test("The order depends on the seed and the epoch, not on the batch size")
  func dependsOnSeedAndEpoch() {
    let order = all(EpochPlan(seed: 7, epoch: 2, count: 100, batchSize: 8))
    #expect(all(EpochPlan(seed: 7, epoch: 2, count: 100, batchSize: 33)) == order)
    #expect(all(EpochPlan(seed: 8, epoch: 2, count: 100, batchSize: 8)) != order)
  }

  @Test("The order of an epoch does not change from one version to the next")
  func isStable() {
    // From a script of a few lines by the definition of `RandomStream`: word i swaps position i with
    // one of those from i on.
    #expect(
      all(EpochPlan(seed: 7, epoch: 3, count: 10, batchSize: 10))
        == [3, 4, 0, 9, 5, 1, 6, 2, 8, 7])
  }

  @Test("Numbered order is the order of the examples")
  func numbersExamples() {
    #expect(
      all(EpochPlan(seed: 7, epoch: 2, count: 20, batchSize: 8, order: .numbered))
        == Array(0..<20))
  }

  @Test("The last batch is smaller or left out")
  func treatsRemainder() {
    let kept = EpochPlan(seed: 7, epoch: 0, count: 20, batchSize: 8)
    #expect((0..<kept.batchCount).map { kept.positions(ofBatch: $0).count } == [8, 8, 4])
    let dropped = EpochPlan(seed: 7, epoch: 0, count: 20, batchSize: 8, remainder: .dropped)
    #expect((0..<dropped.batchCount).map { dropped.positions(ofBatch: $0).count } == [8, 8])
    #expect(all(dropped) == Array(all(kept).prefix(16)))
    #expect(EpochPlan(seed: 7, epoch: 0, count: 0, batchSize: 8).batchCount == 0)
  }

  @Test("Slices of ranks unite to the batch of one rank", arguments: [2, 3, 5, 40])
  func unitesSlices(_ rankCount: Int) {
    let whole = EpochPlan(seed: 7, epoch: 1, count: 100, batchSize: 32)
    let ranks = (0..<rankCount).map {
      EpochPlan(
        seed: 7, epoch: 1, count: 100, batchSize: 32, rank: $0, rankCount: rankCount)
    }
    for batch in 0..<whole.batchCount {
      let slices = ranks.map { $0.positions(ofBatch: batch) }
      #expect(slices.flatMap { $0 } == whole.positions(ofBatch: batch))
      #expect(ranks[0].positionsOfAllRanks(ofBatch: batch) == whole.positions(ofBatch: batch))
      let sizes = slices.map(\.count)
      #expect(sizes.max()! - sizes.min()! <= 1)
    }
  }

  @Test("Slices of ranks unite, part by part, to the parts of one rank", arguments: [2, 3, 5])
  func unitesParts(_ rankCount: Int) {
    func plan(_ rank: Int, _ rankCount: Int) -> EpochPlan {
      EpochPlan(
        seed: 7, epoch: 1, count: 100, batchSize: 32, partSize: 5, rank: rank,
        rankCount: rankCount)
    }
    func parts(_ plan: EpochPlan, _ batch: Int) -> [[Int]] {
      let own = plan.positions(ofBatch: batch)
      return plan.parts(ofBatch: batch).map { Array(own[$0]) }
    }
    let whole = plan(0, 1)
    for batch in 0..<whole.batchCount {
      let expected = parts(whole, batch)
      #expect(expected.flatMap(\.self) == whole.positionsOfAllRanks(ofBatch: batch))
      #expect(expected.map(\.count).max()! <= 5)
      let slices = (0..<rankCount).map { parts(plan($0, rankCount), batch) }
      for (number, part) in expected.enumerated() {
        #expect(slices.flatMap { $0[number] } == part)
      }
      for (rank, slices) in slices.enumerated() {
        #expect(slices.flatMap(\.self) == plan(rank, rankCount).positions(ofBatch: batch))
      }
    }
    // The last batch has four images.
    #expect((0..<4).map { whole.parts(ofBatch: $0).count } == [7, 7, 7, 1])
  }
}
