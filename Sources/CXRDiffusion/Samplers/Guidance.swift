// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// How far a network's answer for a prompt is driven away from its answer for an empty prompt.
///
///     let guidance = Guidance(scale: 4)
///     let output = try guidance.combined(with: answers[0], without: answers[1])
///
/// - SeeAlso: Ho & Salimans, <https://arxiv.org/abs/2207.12598>.
public struct Guidance: Hashable, Codable, Sendable {
  /// What the difference between the answers is multiplied by; 1 for the prompt's answer alone.
  public let scale: Double
  /// The share of the result that gets the spread of the prompt's answer back, from 0 to 1.
  ///
  /// - SeeAlso: Lin et al., *WACV* 2024, <https://arxiv.org/abs/2305.08891>, equation 16.
  public let rescale: Double

  /// Creates a guidance.
  ///
  /// - Parameters:
  ///   - scale: What the difference between the answers is multiplied by, at least 1.
  ///   - rescale: The share that gets the spread of the prompt's answer back, from 0 to 1.
  /// - Precondition: The numbers are in their ranges.
  public init(scale: Double, rescale: Double = 0) {
    precondition(scale >= 1 && scale.isFinite, "a guidance scale of \(scale)")
    precondition((0...1).contains(rescale), "a guidance rescale of \(rescale)")
    self.scale = scale
    self.rescale = rescale
  }

  /// Whether the network has to answer for the empty prompt too, which doubles the work.
  public var needsEmptyPrompt: Bool { scale > 1 }

  /// Combines two answers of the network.
  ///
  /// - Parameters:
  ///   - prompt: The answer for the prompt, the first axis of which is the image.
  ///   - empty: The answer for the empty, or a negative, prompt.
  /// - Returns: Empty + scale · (prompt − empty), rescaled, in float32.
  /// - Throws: `TensorError` with code `.refused` if the shapes differ.
  public func combined(
    with prompt: Tensor, without empty: Tensor
  ) throws(TensorError) -> Tensor {
    let guided = try weightedSum((1 - scale, empty), (scale, prompt))
    guard rescale > 0 else { return guided }
    let ratio = try spread(prompt) / spread(guided)
    return try guided * (ratio * rescale + (1 - rescale))
  }

  /// The standard deviation of each image, shaped to be multiplied with it.
  private func spread(_ answer: Tensor) throws(TensorError) -> Tensor {
    try Operator.standardDeviation(
      .tensor(answer.converted(to: .float32)), .integers(Array(1..<answer.rank)), .truth(true),
      .truth(true))
  }
}

extension Operator {
  fileprivate static let standardDeviation = Operator("aten::std", "dim")
}
