// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRTensor

/// Where networks compute, and how many threads prepare pictures for them.
struct DeviceOptions: ParsableArguments {
  @OptionGroup var compute: ComputeOptions

  @Option(help: "The threads that prepare pictures (default: 1; 4 with cuda).")
  var workers: Int?

  mutating func validate() throws {
    guard (1...1024).contains(workers ?? 1) else {
      throw ValidationError("--workers takes a number from 1 to 1024.")
    }
  }

  /// Loads libtorch and chooses device and threads.
  ///
  /// - Returns: The device, and how many threads prepare pictures.
  /// - Throws: `TensorError` with code `.unavailable` without libtorch or the device.
  func prepare() async throws -> (device: Device, workers: Int) {
    let given = workers
    let count = { @Sendable (device: Device) in given ?? (device == .cpu ? 1 : 4) }
    let device = try await compute.prepare(leaving: count)
    return (device, count(device))
  }
}
