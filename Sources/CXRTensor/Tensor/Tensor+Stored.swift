// SPDX-License-Identifier: Apache-2.0
internal import CTorch

extension Tensor {
  /// Creates a tensor with the values of a weight file, copied.
  ///
  /// - Parameters:
  ///   - stored: The values in the file.
  ///   - device: Where the tensor lies.
  /// - Throws: ``TensorError`` with code `.unavailable` without libtorch or the device,
  ///   `.outOfMemory`.
  /// - Complexity: O(bytes).
  public convenience init(_ stored: StoredTensor, on device: Device = .cpu) throws(TensorError) {
    let host = try stored.withBytes { bytes throws(TensorError) in
      unsafe Tensor(owning: try Tensor.copy(bytes, as: stored.scalarType, shape: stored.shape))
    }
    let placed = try host.converted(on: device)
    self.init(sharing: placed)
  }

  /// The values as a weight file takes them.
  ///
  /// - Parameter name: The name in the file.
  /// - Returns: A copy in the processor's memory.
  /// - Throws: ``TensorError`` if the device's work failed or memory is short.
  /// - Complexity: O(bytes).
  public func stored(named name: String) throws(TensorError) -> StoredTensor {
    let plain = try withoutGradients { () throws(TensorError) in
      try converted(on: .cpu).contiguous()
    }
    let bytes = unsafe plain.described { info -> [UInt8] in
      let count = unsafe Int(info.element_count) * plain.scalarType.byteCount
      guard count > 0, let data = unsafe info.data else { return [] }
      return unsafe Array(UnsafeRawBufferPointer(start: data, count: count))
    }
    return StoredTensor(name: name, scalarType: scalarType, shape: shape, bytes: bytes)
  }
}
