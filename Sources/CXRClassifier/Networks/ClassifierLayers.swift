// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// The layers of a ``ClassifierHead``.
struct ClassifierLayers {
  private let layers: [Linear]
  private let dropout: Double

  /// Makes the layers; `bias` is what the bias of a single layer is at first.
  init(
    _ head: ClassifierHead, inputs: Int, outputs: Int, bias: Initialization = .constant(0),
    in scope: ParameterScope
  ) throws(TensorError) {
    switch head {
    case .linear:
      layers = [try Linear(inputs: inputs, outputs: outputs, bias: bias, in: scope)]
      dropout = 0
    case .hidden(let width, let dropout):
      // The numbers are those of PyTorch's Sequential, where ReLU and dropout have some too.
      layers = [
        try Linear(inputs: inputs, outputs: width, bias: .uniform(inputs: inputs), in: scope[0]),
        try Linear(inputs: width, outputs: outputs, bias: .uniform(inputs: width), in: scope[3]),
      ]
      self.dropout = dropout
    }
  }

  func callAsFunction(
    _ features: Tensor, _ phase: Phase, dropout generator: Generator?
  ) throws(TensorError) -> Tensor {
    var x = features
    for (index, layer) in layers.enumerated() {
      if index > 0 { x = try x.rectified().dropout(dropout, phase, from: generator) }
      x = try layer(x)
    }
    return x
  }
}
