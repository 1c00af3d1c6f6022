// SPDX-License-Identifier: Apache-2.0
internal import CTorch

/// An operator of libtorch, called by name with boxed arguments.
///
///     static let matmul = Operator("aten::matmul")
///     let product = try Operator.matmul(a, b)
///
/// All operators, with their gradients, are reached this way; what a network needs has a typed
/// method of ``Tensor`` above it. A call costs about two microseconds.
@safe public struct Operator: CustomStringConvertible {
  /// The name with the overload, such as `aten::add.Tensor`.
  public let description: String
  /// The dispatcher's entry, or why there is none.
  private let found: Result<OpaquePointer, TensorError>

  /// Looks an operator up.
  ///
  /// A name that libtorch does not have, or a missing libtorch, is told when it is called.
  ///
  /// - Parameters:
  ///   - name: The name with its namespace, such as `aten::add`.
  ///   - overload: The overload, such as `Tensor`; most operators have one with an empty name.
  public init(_ name: String, _ overload: String = "") {
    let description = overload.isEmpty ? name : "\(name).\(overload)"
    self.description = description
    do throws(TensorError) {
      unsafe found = .success(
        try Torch.make("finding \(description)") { torch, entry in
          unsafe torch.operators.find(name, overload, entry)
        })
    } catch {
      unsafe found = .failure(error)
    }
  }

  /// Calls the operator for one tensor.
  ///
  /// - Parameter arguments: The arguments in the order of libtorch's schema; those left out at the
  ///   end take its defaults.
  /// - Returns: The tensor.
  /// - Throws: ``TensorError`` with libtorch's message and the call with the shapes given.
  @discardableResult
  public func callAsFunction(_ arguments: Argument...) throws(TensorError) -> Tensor {
    let results = try call(arguments, capacity: 1)
    guard case .tensor(let tensor)? = results.first else {
      throw TensorError(.refused, "\(description) gives no tensor")
    }
    return tensor
  }

  /// Calls the operator for several tensors, such as those of `aten::split`.
  ///
  /// - Parameters:
  ///   - arguments: As for a call for one tensor.
  ///   - capacity: The largest number of results.
  /// - Returns: The tensors among the results, in order; absent ones are left out.
  /// - Throws: As for a call for one tensor, and if there are more results than `capacity`.
  public func tensors(_ arguments: Argument..., upTo capacity: Int) throws(TensorError) -> [Tensor]
  {
    try call(arguments, capacity: capacity).compactMap { result in
      if case .tensor(let tensor) = result { tensor } else { nil }
    }
  }

  /// Calls the operator and drops what it gives.
  func run(_ arguments: Argument...) throws(TensorError) {
    _ = try call(arguments, capacity: 8)
  }

  private func call(
    _ arguments: [Argument], capacity: Int
  ) throws(TensorError) -> [Argument] {
    let entry = unsafe try found.get()
    let library = unsafe try Torch.library()
    let packed = ArgumentPack(arguments)
    var written: Int64 = 0
    var failure: UnsafeMutablePointer<CChar>?
    let blank = unsafe cxr_value(
      tag: .none, integer: 0, number: 0, pointer: nil, count: 0)
    var results = unsafe [cxr_value](repeating: blank, count: capacity)
    // The tensors must outlive the call, not merely the reading of their handles.
    withExtendedLifetime(arguments) {
      unsafe packed.withValues { values in
        unsafe failure = library.operators.call(
          entry, values.baseAddress, Int64(values.count), &results, Int64(capacity), &written)
      }
    }
    try unsafe Torch.check(
      failure,
      "\(description)(\(arguments.map(\.description).joined(separator: ", ")))")
    return unsafe results.prefix(Int(written)).map { unsafe Argument(owning: $0) }
  }
}

// The entry is a constant of the process, and libtorch's dispatcher may be called from any thread.
extension Operator: @unchecked Sendable {}
