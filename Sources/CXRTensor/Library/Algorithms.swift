// SPDX-License-Identifier: Apache-2.0
internal import CTorch

/// Which of several algorithms operators take: they differ in their last bits and in time.
///
///     var algorithms = Algorithms()
///     algorithms.repeatability = .required
///     try algorithms.use()
///
/// The choice is one of the whole process. Without a device it changes little: the processor's
/// algorithms repeat their results anyway, for one number of threads.
public struct Algorithms: Hashable, Codable, Sendable {
  /// Whether results must be the same from run to run.
  public enum Repeatability: String, Codable, Sendable {
    /// They may differ in their last bits.
    case optional
    /// They must be the same: an operator that has no such algorithm throws.
    case required
  }

  /// What float32 numbers are rounded to before they are multiplied on an NVIDIA device.
  public enum Factors: String, Codable, Sendable {
    /// Nothing: all 24 bits count.
    case float32
    /// TF32: 11 bits count, and products are several times faster.
    case tf32
  }

  /// How cuDNN's algorithm for a convolution is chosen.
  public enum ConvolutionChoice: String, Codable, Sendable {
    /// By its own rules.
    case rule
    /// By trying them all once for each shape, which pays off if shapes stay the same.
    case trial
  }

  /// Whether results must be the same from run to run.
  public var repeatability = Repeatability.optional
  /// What float32 numbers are rounded to before they are multiplied.
  public var factors = Factors.float32
  /// How cuDNN's algorithm for a convolution is chosen.
  public var convolutionChoice = ConvolutionChoice.rule

  /// Creates libtorch's own choice, but without TF32 in convolutions; change what differs.
  public init() {}

  /// Makes the choice for the whole process, before anything is computed on a device.
  ///
  /// - Throws: ``TensorError`` with code `.unavailable` without libtorch.
  public func use() throws(TensorError) {
    let devices = unsafe try Torch.library().devices
    devices.set_switch(.deterministic, repeatability == .required)
    devices.set_switch(.tf32, factors == .tf32)
    devices.set_switch(.benchmark, convolutionChoice == .trial)
  }
}
