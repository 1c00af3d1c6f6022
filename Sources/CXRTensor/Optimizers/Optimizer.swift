// SPDX-License-Identifier: Apache-2.0

/// Learns: moves parameters along their gradients.
///
///     let optimizer = try Optimizer(.adamW(weightDecay: 0.01), of: network.state.parameters)
///     try loss.backward()
///     let norm = try optimizer.clipGradients(toNorm: 1)
///     try optimizer.step(learningRate: schedule.rate(at: step), unless: norm.nonFiniteFlag())
///     try optimizer.clearGradients()
///
/// Parameters without a gradient are left alone, with their state, as PyTorch does.
public final class Optimizer {
  /// How gradients become steps.
  public let method: OptimizationMethod
  /// What is learned, in the order of the network.
  public let parameters: [StateDictionary.Entry]
  /// What is kept between steps, to be saved.
  ///
  /// Adam has `exp_avg.<key>`, `exp_avg_sq.<key>` and `step.<key>`, with the largest mean of squares
  /// also `max_exp_avg_sq.<key>`; descent with momentum has `momentum_buffer.<key>`. Restore it by
  /// ``StateDictionary/assign(_:)``.
  public let state: StateDictionary
  /// The same tensors by slot, each list in the order of the parameters.
  private let slots: [String: [Tensor]]

  /// Makes an optimizer whose state is 0.
  ///
  /// - Parameters:
  ///   - method: How gradients become steps.
  ///   - parameters: What is learned: tensors of one floating-point type on one device.
  /// - Throws: ``TensorError`` with code `.mismatch` if types or devices differ, `.outOfMemory`.
  /// - Precondition: There is a parameter.
  public init(
    _ method: OptimizationMethod, of parameters: [StateDictionary.Entry]
  ) throws(TensorError) {
    precondition(!parameters.isEmpty, "an optimizer without parameters")
    let first = parameters[0]
    for parameter in parameters
    where parameter.tensor.scalarType != first.tensor.scalarType
      || parameter.tensor.device != first.tensor.device
    {
      throw TensorError(
        .mismatch,
        """
        one optimizer learns tensors of one type on one device, but \(first.name) is \
        \(first.tensor) and \(parameter.name) is \(parameter.tensor)
        """)
    }
    self.method = method
    self.parameters = parameters
    var state = StateDictionary()
    var slots: [String: [Tensor]] = [:]
    for slot in method.slotNames {
      for parameter in parameters {
        let tensor =
          slot == "step"
          ? try Tensor.zeros([], on: first.tensor.device)
          : try withoutGradients { () throws(TensorError) in
            try Tensor.zeros(like: parameter.tensor)
          }
        state.append(.init(name: "\(slot).\(parameter.name)", tensor: tensor, role: .buffer))
        slots[slot, default: []].append(tensor)
      }
    }
    self.state = state
    self.slots = slots
  }

  /// Forgets all gradients and frees their memory.
  ///
  /// - Throws: ``TensorError`` with code `.unavailable` without libtorch.
  public func clearGradients() throws(TensorError) {
    for parameter in parameters { try parameter.tensor.setGradient(nil) }
  }

  /// Moves every parameter that has a gradient.
  ///
  /// - Parameters:
  ///   - learningRate: The length of the step; not negative.
  ///   - flag: A float32 number on the parameters' device; if it is 1, parameters and state stay as
  ///     they are. The device need not be waited for to know it.
  /// - Throws: ``TensorError`` with code `.refused` if a gradient does not fit its parameter.
  public func step(learningRate: Double, unless flag: Tensor? = nil) throws(TensorError) {
    try withoutGradients { () throws(TensorError) in
      let moved = try Moved(parameters, slots)
      guard !moved.parameters.isEmpty else { return }
      switch method {
      case .adam(let adam): try step(adam, moved, learningRate, flag)
      case .sgd(let sgd): try step(sgd, moved, learningRate, flag)
      }
    }
  }

  private func step(
    _ adam: Adam, _ moved: Moved, _ learningRate: Double, _ flag: Tensor?
  ) throws(TensorError) {
    let steps = moved.slots["step"] ?? []
    try Operator.foreachAddNumber.run(.tensors(steps), .number(1))
    let kernel = adam.decay == .decoupled ? Operator.fusedAdamW : Operator.fusedAdam
    try kernel.run(
      .tensors(moved.parameters), .tensors(moved.gradients), .tensors(moved.slots["exp_avg"] ?? []),
      .tensors(moved.slots["exp_avg_sq"] ?? []), .tensors(moved.slots["max_exp_avg_sq"] ?? []),
      .tensors(steps), .number(learningRate), .number(adam.beta1), .number(adam.beta2),
      .number(adam.weightDecay), .number(adam.epsilon), .truth(adam.divisor == .maximum),
      .truth(false), .none, .optional(flag))
    // The kernel leaves a refused step's parameters and moments alone, but not its count.
    if let flag {
      try Operator.foreachSubtract.run(
        .tensors(steps), .tensors(Array(repeating: flag, count: steps.count)))
    }
  }

  private func step(
    _ sgd: SGD, _ moved: Moved, _ learningRate: Double, _ flag: Tensor?
  ) throws(TensorError) {
    // Without dampening, a sum that begins with 0 is the first gradient: no step is a special one.
    try Operator.fusedSGD.run(
      .tensors(moved.parameters), .tensors(moved.gradients),
      .tensors(moved.slots["momentum_buffer"] ?? []), .number(sgd.weightDecay),
      .number(sgd.momentum), .number(learningRate), .number(0),
      .truth(sgd.direction == .nesterov && sgd.momentum > 0), .truth(false), .truth(false), .none,
      .optional(flag))
  }

  /// The parameters that have a gradient, with what belongs to them.
  private struct Moved {
    var parameters: [Tensor] = []
    var gradients: [Tensor] = []
    var slots: [String: [Tensor]] = [:]

    init(
      _ entries: [StateDictionary.Entry], _ all: [String: [Tensor]]
    ) throws(TensorError) {
      for (index, entry) in entries.enumerated() {
        guard let gradient = entry.tensor.gradient else { continue }
        parameters.append(entry.tensor)
        gradients.append(try gradient.laidOut(like: entry.tensor))
        for (slot, tensors) in all { slots[slot, default: []].append(tensors[index]) }
      }
    }
  }
}

extension Tensor {
  /// The elements in the memory order of another tensor: fused kernels walk through both at once.
  fileprivate func laidOut(like other: Tensor) throws(TensorError) -> Tensor {
    guard strides != other.strides else { return self }
    let copy = try Tensor.zeros(like: other)
    try copy.assign(self)
    return copy
  }
}

extension Operator {
  fileprivate static let fusedAdamW = Operator("aten::_fused_adamw_")
  fileprivate static let fusedAdam = Operator("aten::_fused_adam_")
  fileprivate static let fusedSGD = Operator("aten::_fused_sgd_")
  fileprivate static let foreachAddNumber = Operator("aten::_foreach_add_", "Scalar")
  fileprivate static let foreachSubtract = Operator("aten::_foreach_sub_", "List")
}
