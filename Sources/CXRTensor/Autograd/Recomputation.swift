// SPDX-License-Identifier: Apache-2.0
internal import CTorch
internal import Glibc

/// Runs a part of a network without keeping what its gradients need, and runs it again for them.
///
///     let features = try recomputing([x]) { x throws(TensorError) in [try block(x[0], phase)] }
///
/// The memory of a part shrinks to its inputs, for the time of a second forward pass. The gradients
/// are the same: the second run finds the shared generators, and the casting of an autocast scope,
/// as the first one did, and does not count twice in the running statistics of ``BatchNorm``. Where
/// nothing is recorded the part simply runs.
///
/// - Parameters:
///   - inputs: What the part depends on, except weights, on one device; at least one tensor.
///   - body: The part, a function of its inputs and of tensors that stay the same until the backward
///     pass. It is freed with what was recorded. Generators other than the shared ones are not put
///     back. What it throws in the second run, `backward` throws.
/// - Returns: What the body gives, at most 16 tensors.
/// - Throws: ``TensorError``, what the body throws.
/// - SeeAlso: Chen et al., *Training deep nets with sublinear memory cost* (2016),
///   <https://arxiv.org/abs/1604.06174>.
public func recomputing(
  _ inputs: [Tensor], _ body: @escaping ([Tensor]) throws(TensorError) -> [Tensor]
) throws(TensorError) -> [Tensor] {
  let library = unsafe try Torch.library()
  let segment = RecomputedSegment(body)
  let handles = unsafe inputs.map { unsafe $0.handle }
  var results = unsafe [OpaquePointer?](repeating: nil, count: RecomputedSegment.capacity)
  var count: Int64 = 0
  let failure = unsafe withExtendedLifetime(inputs) {
    unsafe library.autograd.recompute(
      RecomputedSegment.run, Unmanaged.passRetained(segment).toOpaque(),
      { unsafe Unmanaged<RecomputedSegment>.fromOpaque($0).release() },
      handles, Int64(handles.count), &results, Int64(results.count), &count)
  }
  let made = unsafe results.prefix(Int(count)).compactMap { handle in
    unsafe handle.map { unsafe Tensor(owning: $0) }
  }
  if unsafe failure != nil, let error = segment.error {
    unsafe free(failure)
    throw error
  }
  try unsafe Torch.check(failure, "recomputing(\(inputs.count) tensors)")
  return made
}

/// Runs a part of a network of one input and one result; see the function for several.
///
/// - Throws: ``TensorError``, what the body throws.
public func recomputing(
  _ input: Tensor, _ body: @escaping (Tensor) throws(TensorError) -> Tensor
) throws(TensorError) -> Tensor {
  try recomputing([input]) { inputs throws(TensorError) in [try body(inputs[0])] }[0]
}

/// A part of a network that libtorch holds as long as it may have to run it again.
final class RecomputedSegment {
  /// Whether the calling thread runs a part for the second time.
  @TaskLocal static var isSecondRun = false

  /// The largest number of results, which the caller of the part and libtorch's side agree on.
  static let capacity = 16

  /// What the part threw when it was last run.
  private(set) var error: TensorError?
  private let body: ([Tensor]) throws(TensorError) -> [Tensor]
  private var hasRun = false

  init(_ body: @escaping ([Tensor]) throws(TensorError) -> [Tensor]) { self.body = body }

  /// Runs the part for C: the inputs are borrowed, the results given.
  static let run: cxr_segment = { context, handles, count, results, capacity, resultCount in
    let segment = unsafe Unmanaged<RecomputedSegment>.fromOpaque(context).takeUnretainedValue()
    let inputs = unsafe UnsafeBufferPointer(start: handles, count: Int(count)).map { handle in
      unsafe Torch.loaded.tensors.retain(handle)
      return unsafe Tensor(owning: handle)
    }
    do throws(TensorError) {
      let tensors = try segment.run(inputs)
      guard tensors.count <= capacity else {
        throw TensorError(
          .refused, "a recomputed part gives \(tensors.count) tensors, at most \(capacity) can be")
      }
      for (index, tensor) in tensors.enumerated() {
        unsafe Torch.loaded.tensors.retain(tensor.handle)
        unsafe results[index] = tensor.handle
      }
      unsafe resultCount.pointee = Int64(tensors.count)
      return nil
    } catch {
      segment.error = error
      return unsafe strdup(error.message)
    }
  }

  private func run(_ inputs: [Tensor]) throws(TensorError) -> [Tensor] {
    defer { hasRun = true }
    guard hasRun else { return try body(inputs) }
    let result = RecomputedSegment.$isSecondRun.withValue(true) {
      Result { () throws(TensorError) in try body(inputs) }
    }
    return try result.get()
  }
}
