// SPDX-License-Identifier: Apache-2.0
internal import CTorch

/// How much of an NVIDIA device's memory is used, in bytes.
public struct DeviceMemory: Hashable, Codable, Sendable {
  /// What tensors take.
  public let allocated: Int
  /// The most that tensors took since the peak was reset.
  public let peak: Int
  /// What is held for tensors to come, with what they take.
  public let reserved: Int
}

extension Device {
  /// How much memory is used on an NVIDIA device; `nil` for the processor.
  ///
  /// - Throws: ``TensorError`` with code `.refused` if the device does not work.
  public func memory() throws(TensorError) -> DeviceMemory? {
    guard case .cuda = self else { return nil }
    var memory = cxr_device_memory()
    try unsafe Torch.run("the memory of \(self)") { unsafe $0.devices.memory(index, &memory) }
    return DeviceMemory(
      allocated: Int(memory.allocated), peak: Int(memory.peak_allocated),
      reserved: Int(memory.reserved))
  }

  /// Lets the peak of an NVIDIA device's memory begin anew; does nothing for the processor.
  ///
  /// - Throws: ``TensorError`` with code `.refused` if the device does not work.
  public func resetPeakMemory() throws(TensorError) {
    guard case .cuda = self else { return }
    try unsafe Torch.run("the memory of \(self)") { unsafe $0.devices.reset_peak_memory(index) }
  }
}
