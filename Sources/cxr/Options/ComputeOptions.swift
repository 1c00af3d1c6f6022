// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRTensor
import Foundation

/// Where networks compute, and with how many threads.
struct ComputeOptions: ParsableArguments {
  @Option(help: "Where to compute: cpu, cuda or cuda:1 (default: cuda if there is one).")
  var device: String?

  @Option(help: "The threads of one operator on the processor (default: the cores less workers).")
  var threads: Int?

  mutating func validate() throws {
    if let device, Device(device) == nil {
      throw ValidationError("--device takes cpu, cuda or cuda:N.")
    }
    guard (1...1024).contains(threads ?? 1) else {
      throw ValidationError("--threads takes a number from 1 to 1024.")
    }
  }

  /// Loads libtorch and chooses device and threads.
  ///
  /// - Parameter workers: How many threads do other work beside a device, and are left a core each.
  /// - Returns: The device.
  /// - Throws: `TensorError` with code `.unavailable` without libtorch or the device.
  func prepare(
    leaving workers: @escaping @Sendable (Device) -> Int = { _ in 0 }
  ) async throws -> Device {
    try await TensorActor.run {
      if let problem = Torch.problem { throw problem }
      let count = device == "cpu" ? 0 : Device.cudaCount
      let launch = RankLaunch(environment: ProcessInfo.processInfo.environment)
      var chosen = device.flatMap { Device($0) } ?? (count > 0 ? .cuda(0) : .cpu)
      // The ranks of a machine share its devices out, unless one is named by its number.
      if let launch, chosen == .cuda(0), device != "cuda:0", count > 0 {
        chosen = .cuda(launch.localRank % count)
      }
      if case .cuda(let index) = chosen, index >= count {
        throw TensorError(
          .unavailable,
          Device.cudaProblem ?? "There is no \(chosen); this machine has \(count) such devices.")
      }
      // Training may choose others; all that predicts computes as exactly as it can.
      try Algorithms().use()
      Torch.threadCount = threads ?? max(1, Self.coreCount(of: launch) - workers(chosen))
      return chosen
    }
  }

  /// The cores that are this process's: its share where several ranks of a machine may use all.
  private static func coreCount(of launch: RankLaunch?) -> Int {
    let (usable, all) = (
      ProcessInfo.processInfo.activeProcessorCount, ProcessInfo.processInfo.processorCount
    )
    return usable < all ? usable : usable / (launch?.localCount ?? 1)
  }
}
