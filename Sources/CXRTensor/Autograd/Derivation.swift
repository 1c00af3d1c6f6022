// SPDX-License-Identifier: Apache-2.0
internal import CTorch

extension Tensor {
  /// Gives a tensor that was worked out without recording its place in the record.
  ///
  /// - Parameters:
  ///   - inputs: What the tensor is a function of.
  ///   - body: Gives the derivatives by the inputs, one for each and of its shape, for that by the
  ///     tensor. It is called once, on the thread of the backward pass, and freed then.
  /// - Returns: The same elements, with a gradient; the tensor itself where nothing is recorded.
  /// - Throws: ``TensorError`` if memory is short.
  func derived(
    from inputs: [Tensor], _ body: @escaping (Tensor) throws(TensorError) -> [Tensor]
  ) throws(TensorError) -> Tensor {
    guard unsafe Torch.loaded.autograd.records_gradients() else { return self }
    let segment = RecomputedSegment { gradients throws(TensorError) in try body(gradients[0]) }
    let handles = unsafe inputs.map { unsafe $0.handle }
    return unsafe Tensor(
      owning: try Torch.make("derived(\(self))", keeping: inputs + [self]) { torch, result in
        unsafe torch.autograd.derive(
          handle, handles, Int64(handles.count), RecomputedSegment.run,
          Unmanaged.passRetained(segment).toOpaque(),
          { unsafe Unmanaged<RecomputedSegment>.fromOpaque($0).release() }, result)
      })
  }
}
