// SPDX-License-Identifier: Apache-2.0
internal import CTorch

extension Tensor {
  /// Whether operators on this tensor are recorded, so that a gradient can be worked out.
  public var requiresGradient: Bool { unsafe described { unsafe $0.requires_gradient } }

  /// Begins or ends recording for this tensor, which must not be the result of a recorded operator.
  ///
  /// - Throws: ``TensorError`` with code `.refused` for whole numbers and for recorded results.
  public func setRequiresGradient(_ value: Bool) throws(TensorError) {
    try unsafe Torch.run("setRequiresGradient(\(value)) of \(self)", keeping: [self]) { torch in
      unsafe torch.autograd.set_requires_gradient(handle, value)
    }
  }

  /// What backward passes have accumulated; `nil` if there was none since it was cleared.
  public var gradient: Tensor? {
    let gradient = unsafe withExtendedLifetime(self) {
      unsafe Torch.loaded.autograd.gradient(handle)
    }
    return unsafe gradient.map { unsafe Tensor(owning: $0) }
  }

  /// Replaces the accumulated gradient; `nil` frees its memory.
  ///
  /// - Throws: ``TensorError`` with code `.refused` if shape, type or device differ.
  public func setGradient(_ gradient: Tensor?) throws(TensorError) {
    try unsafe Torch.run("setGradient of \(self)", keeping: [self, gradient]) { torch in
      unsafe torch.autograd.set_gradient(handle, gradient?.handle)
    }
  }

  /// Adds the derivatives of this number to the gradients of all tensors that require one.
  ///
  /// - Parameter seed: The derivative of the final result by this tensor; 1 when left out, which is
  ///   for a tensor of one element.
  /// - Throws: ``TensorError`` with code `.refused` if nothing was recorded.
  public func backward(seed: Tensor? = nil) throws(TensorError) {
    try unsafe Torch.run("backward of \(self)", keeping: [self, seed]) { torch in
      unsafe torch.autograd.backward(handle, seed?.handle, false)
    }
  }

  /// The same elements, cut off from what was recorded.
  ///
  /// - Throws: ``TensorError`` with code `.unavailable` without libtorch.
  public func detached() throws(TensorError) -> Tensor { try Operator.detach(.tensor(self)) }
}

extension Operator {
  fileprivate static let detach = Operator("aten::detach")
}
