// SPDX-License-Identifier: Apache-2.0

/// How a launcher, such as `mpirun` or `srun`, has started this process beside others.
public struct RankLaunch: Hashable, Sendable {
  /// The number of this process, from 0.
  public let rank: Int
  /// How many processes were started, 2 at least.
  public let count: Int
  /// The number of this process among those of its machine, from 0.
  public let localRank: Int
  /// How many processes the machine has at most.
  public let localCount: Int

  /// Reads what launchers leave in the environment; `nil` if the process is alone.
  ///
  /// - Parameter environment: The variables of the process.
  public init?(environment: [String: String]) {
    func number(_ name: String) -> Int? { environment[name].flatMap { Int($0) } }
    if let count = number("OMPI_COMM_WORLD_SIZE"), let rank = number("OMPI_COMM_WORLD_RANK") {
      self.init(
        rank, count, number("OMPI_COMM_WORLD_LOCAL_RANK"), number("OMPI_COMM_WORLD_LOCAL_SIZE"))
    } else if let count = number("SLURM_STEP_NUM_TASKS"), let rank = number("SLURM_PROCID") {
      let machines = max(1, number("SLURM_STEP_NUM_NODES") ?? 1)
      self.init(rank, count, number("SLURM_LOCALID"), (count + machines - 1) / machines)
    } else if let count = number("PMI_SIZE"), let rank = number("PMI_RANK") {
      self.init(rank, count, nil, nil)
    } else {
      return nil
    }
  }

  private init?(_ rank: Int, _ count: Int, _ localRank: Int?, _ localCount: Int?) {
    guard count > 1, (0..<count).contains(rank) else { return nil }
    (self.rank, self.count) = (rank, count)
    self.localRank = max(0, localRank ?? rank)
    self.localCount = max(1, localCount ?? count)
  }
}
