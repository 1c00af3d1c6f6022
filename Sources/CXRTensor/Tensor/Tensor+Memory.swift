// SPDX-License-Identifier: Apache-2.0
internal import CTorch

extension Tensor {
  /// Creates a tensor of the processor's memory from numbers in row-major order.
  ///
  /// - Parameters:
  ///   - values: The elements, copied.
  ///   - shape: The lengths of the axes.
  /// - Throws: ``TensorError`` with code `.unavailable` without libtorch, `.refused` if the shape
  ///   does not hold as many elements, `.outOfMemory`.
  /// - Complexity: O(*n*).
  public convenience init<Scalar: TensorScalar>(
    _ values: [Scalar], shape: [Int]
  ) throws(TensorError) {
    // Every byte of these scalars is part of the value.
    let handle = unsafe try Tensor.copy(values.span.bytes, as: Scalar.scalarType, shape: shape)
    unsafe self.init(owning: handle)
  }

  /// Creates a tensor of one number without axes.
  ///
  /// - Throws: ``TensorError`` with code `.unavailable` without libtorch.
  public convenience init<Scalar: TensorScalar>(_ value: Scalar) throws(TensorError) {
    try self.init([value], shape: [])
  }

  /// The elements in row-major order, copied to the processor and converted.
  ///
  /// - Throws: ``TensorError`` if the device's work failed or memory is short.
  /// - Complexity: O(*n*).
  public func values<Scalar: TensorScalar>(as type: Scalar.Type) throws(TensorError) -> [Scalar] {
    let plain = try converted(to: Scalar.scalarType, on: .cpu).contiguous()
    return unsafe plain.described { info in
      let count = unsafe Int(info.element_count)
      guard count > 0, let data = unsafe info.data else { return [] }
      return unsafe Array(
        UnsafeBufferPointer(start: data.assumingMemoryBound(to: Scalar.self), count: count))
    }
  }

  /// The single element as a number.
  ///
  /// - Throws: ``TensorError`` with code `.refused` if there is not exactly one element.
  public func item() throws(TensorError) -> Double {
    let values = try values(as: Double.self)
    guard values.count == 1 else {
      throw TensorError(.refused, "one number was asked of \(self), which has \(values.count)")
    }
    return values[0]
  }

  /// Copies bytes into a tensor of which the caller owns the one reference.
  static func copy(
    _ bytes: RawSpan, as type: ScalarType, shape: [Int]
  ) throws(TensorError) -> OpaquePointer {
    let sizes = shape.map(Int64.init)
    return unsafe try Torch.make("Tensor(\(type)\(shape))") { torch, result in
      unsafe bytes.withUnsafeBytes { bytes in
        unsafe torch.tensors.copy_bytes(
          bytes.baseAddress, Int64(bytes.count), type.torchNumber, sizes, Int64(sizes.count),
          result)
      }
    }
  }
}
