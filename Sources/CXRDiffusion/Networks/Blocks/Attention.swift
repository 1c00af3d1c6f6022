// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// Attention with several heads from positions to those of a context.
struct Attention {
  /// The type that products and softmax are worked out in.
  enum Precision {
    /// That of the positions.
    case given
    /// float32, also within an autocast scope: Stable Diffusion 2.1 overflows float16.
    case float32
  }

  private let query, key, value, output: Linear
  private let heads: Int
  private let precision: Precision

  /// Makes the layer.
  ///
  /// - Parameters:
  ///   - width: The numbers of a position, a multiple of the heads.
  ///   - contextWidth: The numbers of a position of the context.
  ///   - heads: How often positions are compared, each time by other numbers.
  ///   - bias: What the biases of queries, keys and values are at first; `nil` for none.
  ///   - precision: What is worked out in which type.
  ///   - scope: Where the tensors are made.
  /// - Throws: `TensorError` if memory is short.
  init(
    width: Int, contextWidth: Int, heads: Int, bias: Initialization? = nil,
    precision: Precision = .given, in scope: ParameterScope
  ) throws(TensorError) {
    query = try Linear(inputs: width, outputs: width, bias: bias, in: scope["to_q"])
    key = try Linear(inputs: contextWidth, outputs: width, bias: bias, in: scope["to_k"])
    value = try Linear(inputs: contextWidth, outputs: width, bias: bias, in: scope["to_v"])
    output = try scope["to_out"].linear("0", inputs: width, outputs: width)
    self.heads = heads
    self.precision = precision
  }

  /// Maps `[batch, positions, width]` to the same shape, by a context `[batch, others,
  /// contextWidth]`.
  func callAsFunction(_ input: Tensor, to context: Tensor) throws(TensorError) -> Tensor {
    let query = try self.query(input).splitHeads(heads)
    let key = try self.key(context).splitHeads(heads)
    let value = try self.value(context).splitHeads(heads)
    guard precision == .float32 else {
      return try output(query.attending(to: key, value).joinedHeads())
    }
    // A scope of autocast to float32 undoes one to a narrower type.
    let result = try withAutocast(to: .float32, on: input.device) { () throws(TensorError) in
      try query.converted(to: .float32).attending(
        to: key.converted(to: .float32), value.converted(to: .float32))
    }
    return try output(result.joinedHeads().converted(to: query.scalarType))
  }
}
