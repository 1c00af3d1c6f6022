// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// What all layers of one pass depend on.
struct UNetCondition {
  /// SiLU of the timestep's embedding, which each residual block maps by itself.
  let time: Tensor
  /// The encoded prompt.
  let context: Tensor
  /// What becomes of intermediate results.
  let activations: Activations

  func run(_ block: ResidualBlock, _ input: Tensor) throws(TensorError) -> Tensor {
    try activations([input, time]) { inputs throws(TensorError) in
      try block(inputs[0], inputs[1])
    }
  }

  func run(_ transformer: SpatialTransformer, _ input: Tensor) throws(TensorError) -> Tensor {
    try activations([input, context]) { inputs throws(TensorError) in
      try transformer(inputs[0], inputs[1])
    }
  }
}
