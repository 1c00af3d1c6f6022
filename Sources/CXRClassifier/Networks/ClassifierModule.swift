// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// A network of one of the architectures.
enum ClassifierModule {
  case denseNet(DenseNet)
  case resNet(ResNet)

  /// One number before the sigmoid for each picture and output.
  func callAsFunction(
    _ pictures: Tensor, _ phase: Phase, _ activations: Activations, dropout generator: Generator?
  ) throws(TensorError) -> Tensor {
    switch self {
    case .denseNet(let network): try network(pictures, phase, activations, dropout: generator)
    case .resNet(let network): try network(pictures, phase, activations, dropout: generator)
    }
  }

  /// The features of each picture before the head, in evaluation.
  func features(of pictures: Tensor) throws(TensorError) -> Tensor {
    switch self {
    case .denseNet(let network): try network.features(of: pictures, .evaluation)
    case .resNet(let network): try network.features(of: pictures, .evaluation)
    }
  }
}
