// SPDX-License-Identifier: Apache-2.0
internal import CTorch

/// A random generator of libtorch: the Mersenne Twister on the processor, Philox on CUDA.
///
/// On the processor it draws the same numbers as PyTorch of the same release with the same seed.
@safe public final class Generator {
  /// libtorch's generator, of which this object owns one reference.
  let handle: OpaquePointer

  /// Creates a generator.
  ///
  /// - Throws: ``TensorError`` with code `.unavailable` without libtorch or the device.
  public init(seed: UInt64, on device: Device = .cpu) throws(TensorError) {
    unsafe handle = try Torch.make("Generator(seed: \(seed), on: \(device))") { torch, made in
      unsafe torch.random.make(device.kind, device.index, seed, made)
    }
  }

  private init(owning handle: OpaquePointer) { unsafe self.handle = handle }

  deinit { unsafe Torch.loaded.random.release(handle) }

  /// The generator that a device's operators use when they are given none, such as dropout.
  ///
  /// - Throws: ``TensorError`` with code `.unavailable` without libtorch or the device.
  public static func shared(of device: Device) throws(TensorError) -> Generator {
    unsafe Generator(
      owning: try Torch.make("the generator of \(device)") { torch, found in
        unsafe torch.random.shared(device.kind, device.index, found)
      })
  }

  /// Seeds the generators that operators share, on every device.
  ///
  /// - Throws: ``TensorError`` with code `.unavailable` without libtorch.
  public static func seedShared(_ seed: UInt64) throws(TensorError) {
    try unsafe Torch.run("seeding with \(seed)") { unsafe $0.random.seed_all(seed) }
  }

  /// The state as a tensor of bytes, to be kept in a checkpoint.
  ///
  /// - Throws: ``TensorError`` if memory is short.
  public func state() throws(TensorError) -> Tensor {
    unsafe Tensor(
      owning: try Torch.make("a generator's state", keeping: [self]) { torch, state in
        unsafe torch.random.state(handle, state)
      })
  }

  /// Continues from a state.
  ///
  /// - Throws: ``TensorError`` with code `.refused` if the bytes are no state of such a generator.
  public func restore(_ state: Tensor) throws(TensorError) {
    try unsafe Torch.run("restoring a generator", keeping: [self, state]) { torch in
      unsafe torch.random.set_state(handle, state.handle)
    }
  }
}
