// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import Testing

@Suite("Ranks")
struct RankGroupTests {
  @Test(
    "What launchers leave in the environment is read",
    arguments: [
      (["OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "4"], [1, 4, 1, 4]),
      (
        [
          "OMPI_COMM_WORLD_RANK": "3", "OMPI_COMM_WORLD_SIZE": "4",
          "OMPI_COMM_WORLD_LOCAL_RANK": "1", "OMPI_COMM_WORLD_LOCAL_SIZE": "2",
        ], [3, 4, 1, 2]
      ),
      (
        [
          "SLURM_PROCID": "5", "SLURM_STEP_NUM_TASKS": "6", "SLURM_LOCALID": "1",
          "SLURM_STEP_NUM_NODES": "3",
        ], [5, 6, 1, 2]
      ),
      (["PMI_RANK": "0", "PMI_SIZE": "2"], [0, 2, 0, 2]),
    ])
  func launches(environment: [String: String], numbers: [Int]) throws {
    let launch = try #require(RankLaunch(environment: environment))
    #expect([launch.rank, launch.count, launch.localRank, launch.localCount] == numbers)
  }

  @Test(
    "A process by itself is none of several",
    arguments: [
      [:], ["OMPI_COMM_WORLD_RANK": "0", "OMPI_COMM_WORLD_SIZE": "1"],
      // A batch script of Slurm that starts the program without srun.
      ["SLURM_PROCID": "0", "SLURM_NTASKS": "4"],
      ["OMPI_COMM_WORLD_RANK": "2", "OMPI_COMM_WORLD_SIZE": "2"],
    ])
  func alone(environment: [String: String]) {
    #expect(RankLaunch(environment: environment) == nil)
  }

  @Test("One rank keeps what it gives")
  func oneRank() throws {
    let ranks = RankGroup.alone
    #expect(ranks.isFirst && !ranks.isShared)
    #expect(try ranks.sum([1.5, -2]) == [1.5, -2])
    #expect(try ranks.gathered([3, 4]) == [3, 4])
    #expect(try ranks.ofFirst([7]) == [7])
    #expect(try ranks.any(true) && !ranks.any(false))
    #expect(try ranks.firstThenOthers { 5 } == 5)
  }

  @Test("A rank that fails, or ends early, lets no other one wait")
  func endsWithOne() async throws {
    struct Failure: Error {}
    await #expect(throws: Failure.self) {
      try await ThreadRanks.run(3) { ranks, _ in
        _ = try ranks.sum([1])
        if ranks.rank == 1 { throw Failure() }
        try ranks.wait()
      }
    }
    let early = await #expect(throws: TensorError.self) {
      try await ThreadRanks.run(2) { ranks, _ in if ranks.isFirst { try ranks.wait() } }
    }
    #expect(early?.code == .refused)
  }

  @Test("Several ranks add up, gather in order, hear rank 0 and each other", arguments: [2, 3])
  func severalRanks(count: Int) async throws {
    let results = try await ThreadRanks.run(count) { ranks, _ in
      let own = [Double](repeating: Double(ranks.rank), count: ranks.rank)
      return (
        try ranks.sum([1, Double(ranks.rank)]), try ranks.gathered(own),
        try ranks.ofFirst(ranks.isFirst ? [9, 200] : []), try ranks.any(ranks.rank == 1),
        try ranks.any(false)
      )
    }
    for result in results {
      #expect(result.0 == (count == 2 ? [2, 1] : [3, 3]))
      #expect(result.1 == (count == 2 ? [1] : [1, 2, 2]))
      #expect(result.2 == [9, 200])
      #expect(result.3 && !result.4)
    }
  }
}
