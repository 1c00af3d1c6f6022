// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// The features of a DenseNet-121 of torchxrayvision before its head; which of them it is does not
/// matter.
struct XRVFeatures: FeatureNetwork {
  let notes: [String]
  private let network: Network<DenseNet>

  init(weights path: String, on device: Device) throws {
    let tensors = try WeightFile(path: path).tensors
    network = try Network(seed: 0, on: device) { scope throws(TensorError) in
      try DenseNet(XRVModel.configuration, in: scope)
    }
    notes = try network.state.load(tensors, from: path)
  }

  var imageSide: ImageSide { .exactly(XRVModel.side) }

  var preparation: any PicturePreparation { PixelInput(channels: 1, scale: .xrv) }

  func features(of pictures: Tensor) throws(TensorError) -> Tensor {
    try network.module.features(of: pictures, .evaluation)
  }
}
