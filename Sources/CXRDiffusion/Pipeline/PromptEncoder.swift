// SPDX-License-Identifier: Apache-2.0
public import CXRTensor
public import CXRText

/// Encodes prompts, each of them once.
///
/// Prompts are encoded one by one, so that what comes of one does not depend on others.
public final class PromptEncoder {
  /// Cuts prompts into tokens.
  public let tokenizer: CLIPTokenizer
  private let encoder: TextEncoder
  private let device: Device
  private let limit: Int
  private var known: [String: Tensor] = [:]

  /// Creates an encoder.
  ///
  /// - Parameters:
  ///   - tokenizer: Cuts prompts into tokens, padded as the model was trained with.
  ///   - encoder: The network.
  ///   - device: Where it computes.
  ///   - limit: How many encoded prompts are kept, at least 1; each takes 315 kB of Stable
  ///     Diffusion 2.
  public init(
    _ tokenizer: CLIPTokenizer, _ encoder: TextEncoder, on device: Device, limit: Int = 1024
  ) {
    self.tokenizer = tokenizer
    self.encoder = encoder
    self.device = device
    self.limit = limit
  }

  /// Encodes prompts.
  ///
  /// - Parameter prompts: The prompts; what is beyond 77 tokens is not seen, as
  ///   `CLIPTokenizer.truncation(of:)` tells.
  /// - Returns: Shape `[prompts, 77, width]`.
  /// - Throws: `TensorError` with code `.refused` for a token that the model has not,
  ///   `.outOfMemory`.
  public func encode(_ prompts: [String]) throws(TensorError) -> Tensor {
    var encoded: [Tensor] = []
    for prompt in prompts { encoded.append(try encode(prompt)) }
    return try Tensor.joined(encoded, along: 0)
  }

  private func encode(_ prompt: String) throws(TensorError) -> Tensor {
    if let found = known[prompt] { return found }
    let ids = tokenizer.encodePadded(prompt)
    let encoded = try withInference { () throws(TensorError) in
      try encoder(Tensor(ids, shape: [1, ids.count]).converted(on: device))
    }
    if known.count >= limit { known.removeAll() }
    known[prompt] = encoded
    return encoded
  }
}
