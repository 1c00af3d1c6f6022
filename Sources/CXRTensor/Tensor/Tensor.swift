// SPDX-License-Identifier: Apache-2.0
internal import CTorch

/// Numbers in a grid of any rank, on one device.
///
///     let weight = try Tensor([1, 2, 3, 4], shape: [2, 2])
///     let product = try weight.matmul(weight)
///     try product.values(as: Float.self)  // [7, 10, 15, 22]
///
/// A tensor is a reference: operators whose name is a verb change the elements, which other tensors
/// may share. A tensor is used by one thread at a time, which is why it is not `Sendable`.
@safe public final class Tensor {
  /// libtorch's tensor, of which this object owns one reference.
  let handle: OpaquePointer

  /// Takes over one reference.
  init(owning handle: OpaquePointer) {
    unsafe self.handle = handle
  }

  /// Shares libtorch's tensor with another object.
  convenience init(sharing tensor: Tensor) {
    let handle = unsafe tensor.handle
    withExtendedLifetime(tensor) { unsafe Torch.loaded.tensors.retain(handle) }
    unsafe self.init(owning: handle)
  }

  deinit {
    unsafe Torch.loaded.tensors.release(handle)
  }

  /// The lengths of the axes; empty for a single number.
  public var shape: [Int] {
    unsafe described {
      unsafe Array(UnsafeBufferPointer(start: $0.sizes, count: Int($0.rank))).map(Int.init)
    }
  }

  /// The distances, in elements, between neighbours along each axis.
  public var strides: [Int] {
    unsafe described {
      unsafe Array(UnsafeBufferPointer(start: $0.strides, count: Int($0.rank))).map(Int.init)
    }
  }

  /// The number of axes.
  public var rank: Int { unsafe described { unsafe Int($0.rank) } }

  /// The number of elements.
  public var count: Int { unsafe described { unsafe Int($0.element_count) } }

  /// The type of the elements.
  public var scalarType: ScalarType {
    unsafe described { ScalarType(torchNumber: unsafe $0.scalar_type) }
  }

  /// Where the elements lie.
  public var device: Device {
    unsafe described { unsafe Device(kind: $0.device_type, index: $0.device_index) }
  }

  /// Whether the elements lie in row-major order without gaps.
  public var isContiguous: Bool { unsafe described { unsafe $0.is_contiguous } }

  /// Asks libtorch what the tensor is; the tensor lives until the answer was read.
  func described<Value>(_ body: (cxr_tensor_info) throws -> Value) rethrows -> Value {
    try withExtendedLifetime(self) { try unsafe body(Torch.loaded.tensors.describe(handle)) }
  }
}

extension Tensor: CustomStringConvertible {
  /// The element type and the shape, such as `float32[2, 3]`, and the device if it is not the
  /// processor.
  public var description: String {
    let place = device == .cpu ? "" : " on \(device)"
    return "\(scalarType)\(shape)\(place)"
  }
}
