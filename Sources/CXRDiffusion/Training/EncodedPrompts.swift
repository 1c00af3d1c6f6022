// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// Prompts as a frozen text encoder encodes them, most of them once.
///
/// Prompts are encoded one by one, so that what each becomes does not depend on the others.
final class EncodedPrompts {
  private let encoder: TextEncoder
  private let device: Device
  private let capacity: Int
  private var encoded: [[Int]: Tensor] = [:]

  /// Makes an empty store.
  ///
  /// - Parameters:
  ///   - encoder: The text encoder.
  ///   - device: Where it lies, and the encoded prompts.
  ///   - capacity: How many prompts are kept; 4,096 take 1.3 GB with Stable Diffusion 2.
  init(_ encoder: TextEncoder, on device: Device, capacity: Int = 4096) {
    self.encoder = encoder
    self.device = device
    self.capacity = capacity
  }

  /// Encodes prompts.
  ///
  /// - Parameter tokens: The tokens of each prompt, as many for each; at least one.
  /// - Returns: Shape `[prompts, positions, width]`.
  /// - Throws: `TensorError` with code `.refused` for tokens that the encoder has not.
  func callAsFunction(_ tokens: [[Int]]) throws(TensorError) -> Tensor {
    var rows: [Tensor] = []
    for prompt in tokens {
      if let row = encoded[prompt] {
        rows.append(row)
        continue
      }
      let row = try withoutGradients { () throws(TensorError) in
        try encoder(Tensor(prompt, shape: [1, prompt.count]).converted(on: device))
      }
      if encoded.count < capacity { encoded[prompt] = row }
      rows.append(row)
    }
    return try Tensor.joined(rows, along: 0)
  }
}
