// SPDX-License-Identifier: Apache-2.0

/// The numbers of Adam (Kingma and Ba, <https://arxiv.org/abs/1412.6980>) and its variants.
public struct Adam: Hashable, Codable, Sendable {
  /// How weights are drawn towards 0.
  public enum Decay: String, Codable, Sendable {
    /// By a share of each weight, as AdamW does (<https://arxiv.org/abs/1711.05101>).
    case decoupled
    /// By adding a share of each weight to its gradient, as Adam did first.
    case coupled
  }

  /// Which mean of squares the gradients' mean is divided by.
  public enum Divisor: String, Codable, Sendable {
    /// The running one.
    case running
    /// The largest so far, as AMSGrad does (<https://openreview.net/forum?id=ryQu7f-RZ>).
    case maximum
  }

  /// The weight of the past in the mean of the gradients, at least 0 and below 1.
  public var beta1 = 0.9
  /// The weight of the past in the mean of their squares, at least 0 and below 1.
  public var beta2 = 0.999
  /// What is added to the divisor; above 0.
  public var epsilon = 1e-8
  /// The strength of the decay; not negative.
  public var weightDecay = 0.01
  /// How weights are drawn towards 0.
  public var decay = Decay.decoupled
  /// Which mean of squares is divided by.
  public var divisor = Divisor.running

  /// Creates PyTorch's defaults of AdamW; change what differs.
  public init() {}
}
