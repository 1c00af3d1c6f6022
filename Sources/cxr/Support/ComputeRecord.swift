// SPDX-License-Identifier: Apache-2.0
import CXRTensor

/// What a command computed with, for its provenance: the last bits depend on it.
struct ComputeRecord: Encodable {
  /// The device, such as `cpu` or `cuda:0`.
  let device: String
  /// The threads of one operator on the processor.
  let threads: Int
  /// The threads that prepare pictures.
  let workers: Int
  /// The release of libtorch.
  let libtorch: String?

  /// The record of the running command, after its device was prepared.
  @TensorActor static func current(_ device: Device, workers: Int) -> ComputeRecord {
    ComputeRecord(
      device: device.description, threads: Torch.threadCount, workers: workers,
      libtorch: Torch.version)
  }
}
