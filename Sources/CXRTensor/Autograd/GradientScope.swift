// SPDX-License-Identifier: Apache-2.0
internal import CTorch

/// Runs a body whose operators are not recorded for gradients.
///
///     try withoutGradients { try weight.assign(average) }
///
/// The mode is one of the calling thread and is put back whatever the body does.
///
/// - Throws: What the body throws.
public func withoutGradients<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  guard let autograd = unsafe (try? Torch.library())?.autograd else { return try body() }
  let wasRecording = autograd.records_gradients()
  autograd.set_records_gradients(false)
  defer { autograd.set_records_gradients(wasRecording) }
  return try body()
}

/// Runs a body for its results alone: like ``withoutGradients(_:)``, and faster.
///
/// Tensors made in it can never take part in a recorded computation.
///
/// - Throws: What the body throws.
public func withInference<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  guard let autograd = unsafe (try? Torch.library())?.autograd else { return try body() }
  let scope = unsafe autograd.enter_inference()
  defer { unsafe autograd.leave_inference(scope) }
  return try body()
}

/// Runs a body in which products and convolutions use a narrower type, and sums float32.
///
/// - Parameters:
///   - type: `.bfloat16` or, with a ``GradientScaler``, `.float16`.
///   - device: Where the operators run.
///   - body: Runs in the scope.
/// - Returns: What the body returns.
/// - Throws: What the body throws.
public func withAutocast<Result, Failure: Error>(
  to type: ScalarType, on device: Device, _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  guard let autograd = unsafe (try? Torch.library())?.autograd else { return try body() }
  autograd.enter_autocast(device.kind, type.torchNumber)
  defer { autograd.leave_autocast(device.kind) }
  return try body()
}
