// SPDX-License-Identifier: Apache-2.0

/// How an ``Optimizer`` turns gradients into steps, with its numbers, to be kept in a manifest.
public enum OptimizationMethod: Hashable, Codable, Sendable {
  /// Adam, AdamW or AMSGrad.
  case adam(Adam)
  /// Stochastic gradient descent.
  case sgd(SGD)

  /// AdamW with PyTorch's other defaults.
  public static func adamW(weightDecay: Double = 0.01) -> OptimizationMethod {
    var adam = Adam()
    adam.weightDecay = weightDecay
    return .adam(adam)
  }

  /// Descent with momentum.
  public static func sgd(
    momentum: Double, weightDecay: Double = 0, _ direction: SGD.Direction = .plain
  ) -> OptimizationMethod {
    var sgd = SGD()
    sgd.momentum = momentum
    sgd.weightDecay = weightDecay
    sgd.direction = direction
    return .sgd(sgd)
  }

  /// The names of the tensors that are kept for each parameter, as PyTorch has them.
  var slotNames: [String] {
    switch self {
    case .adam(let adam):
      ["exp_avg", "exp_avg_sq"] + (adam.divisor == .maximum ? ["max_exp_avg_sq"] : []) + ["step"]
    case .sgd(let sgd): sgd.momentum == 0 ? [] : ["momentum_buffer"]
    }
  }
}
