// SPDX-License-Identifier: Apache-2.0

/// Keeps small gradients of float16 from vanishing: the loss is multiplied by a factor that is
/// found by trial (Micikevicius et al., <https://arxiv.org/abs/1710.03740>).
///
///     try scaler.scaled(loss).backward()
///     let overflow = try scaler.unscaleGradients(of: optimizer)
///     let norm = try optimizer.clipGradients(toNorm: 1)
///     try optimizer.step(learningRate: rate, unless: overflow)
///     try scaler.update()
///
/// A step with an overflow is left out and halves the factor; 2,000 good ones in a row double it.
/// bfloat16 needs none of this.
public final class GradientScaler {
  /// The numbers of a scaler; PyTorch's by default.
  public struct Configuration: Hashable, Codable, Sendable {
    /// The first factor.
    public var initialScale = 65536.0
    /// What the factor is multiplied by after good steps; above 1.
    public var growth = 2.0
    /// What it is multiplied by after an overflow; at least 0 and below 1.
    public var backoff = 0.5
    /// How many good steps in a row let it grow.
    public var interval = 2000

    /// Creates PyTorch's numbers; change what differs.
    public init() {}
  }

  /// The numbers of the scaler.
  public let configuration: Configuration
  /// What is kept between steps, to be saved: `scale` and `growth_tracker`, the good steps in a row.
  ///
  /// Restore it by ``StateDictionary/assign(_:)``.
  public let state: StateDictionary
  private let scale, goodSteps, overflow: Tensor

  /// Makes a scaler.
  ///
  /// - Throws: ``TensorError`` with code `.unavailable` without libtorch or the device.
  public init(
    _ configuration: Configuration = Configuration(), on device: Device
  ) throws(TensorError) {
    self.configuration = configuration
    scale = try Tensor.full(configuration.initialScale, shape: [], on: device)
    goodSteps = try Tensor.full(0, shape: [], as: .int32, on: device)
    overflow = try Tensor.zeros([], on: device)
    var state = StateDictionary()
    state.append(.init(name: "scale", tensor: scale, role: .buffer))
    state.append(.init(name: "growth_tracker", tensor: goodSteps, role: .buffer))
    self.state = state
  }

  /// The loss times the factor, in float32.
  ///
  /// - Throws: ``TensorError`` with code `.refused` if the loss lies on another device.
  public func scaled(_ loss: Tensor) throws(TensorError) -> Tensor {
    try loss.converted(to: .float32) * scale
  }

  /// Divides an optimizer's gradients by the factor, and looks for NaN and infinity among them.
  ///
  /// With several optimizers the flag is raised if any has an overflow, until ``update()``.
  ///
  /// - Returns: 1 if there was an overflow, otherwise 0: the flag of ``Optimizer/step(learningRate:unless:)``.
  /// - Throws: ``TensorError`` with code `.refused` if the gradients lie on another device.
  public func unscaleGradients(of optimizer: Optimizer) throws(TensorError) -> Tensor {
    try withoutGradients { () throws(TensorError) in
      let gradients = optimizer.parameters.compactMap(\.tensor.gradient)
      if !gradients.isEmpty {
        // In double the inverse of every float32 factor is exact enough to round once.
        let inverse = try Operator.reciprocal(.tensor(scale.converted(to: .float64)))
          .converted(to: .float32)
        try Operator.unscale.run(.tensors(gradients), .tensor(overflow), .tensor(inverse))
      }
      return overflow
    }
  }

  /// Adapts the factor to what was found since the last update.
  ///
  /// - Throws: ``TensorError`` with code `.unavailable` without libtorch.
  public func update() throws(TensorError) {
    try Operator.updateScale(
      .tensor(scale), .tensor(goodSteps), .tensor(overflow), .number(configuration.growth),
      .number(configuration.backoff), .integer(configuration.interval))
    try overflow.fill(0)
  }
}

extension Operator {
  fileprivate static let reciprocal = Operator("aten::reciprocal")
  fileprivate static let unscale = Operator("aten::_amp_foreach_non_finite_check_and_unscale_")
  fileprivate static let updateScale = Operator("aten::_amp_update_scale_")
}
