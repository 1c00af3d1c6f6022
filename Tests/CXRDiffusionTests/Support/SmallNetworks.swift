// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTensor
import CXRTensorTestSupport

/// The networks of the goldens.
enum SmallNetworks {
  /// How far results may be apart: float32 and float64 differ by up to 7e-5 in these networks.
  static let tolerance = 2e-4

  static var unet: UNetConfiguration {
    var configuration = UNetConfiguration()
    configuration.sampleSize = 32
    configuration.channels = [32, 64]
    configuration.downBlocks = [.plain, .attending]
    configuration.upBlocks = [.attending, .plain]
    configuration.layersPerBlock = [2, 2]
    configuration.headCounts = [2, 4]
    configuration.transformerLayers = [1, 1]
    configuration.contextWidth = 32
    configuration.projectsLinearly = true
    return configuration
  }

  static var autoencoder: AutoencoderConfiguration {
    var configuration = AutoencoderConfiguration()
    configuration.channels = [32, 64]
    configuration.sampleSize = 128
    return configuration
  }

  static var textEncoder: TextEncoderConfiguration {
    var configuration = TextEncoderConfiguration()
    configuration.vocabularySize = 1000
    configuration.width = 32
    configuration.hiddenWidth = 37
    configuration.layerCount = 5
    configuration.headCount = 4
    configuration.activation = .gelu
    configuration.tokenNumbers = ["bos_token_id": 0, "eos_token_id": 2, "pad_token_id": 1]
    return configuration
  }

  /// The U-Net with closed-form weights.
  static func unet(
    _ configuration: UNetConfiguration = unet
  ) throws(TensorError) -> Network<UNet> {
    try filled { scope throws(TensorError) in try UNet(configuration, in: scope) }
  }

  /// The autoencoder with closed-form weights.
  static func autoencoder(
    _ configuration: AutoencoderConfiguration = autoencoder
  ) throws(TensorError) -> Network<Autoencoder> {
    try filled { scope throws(TensorError) in try Autoencoder(configuration, in: scope) }
  }

  /// The text encoder with closed-form weights.
  static func textEncoder(
    _ configuration: TextEncoderConfiguration = textEncoder
  ) throws(TensorError) -> Network<TextEncoder> {
    try filled { scope throws(TensorError) in try TextEncoder(configuration, in: scope) }
  }

  private static func filled<Module>(
    _ body: (ParameterScope) throws(TensorError) -> Module
  ) throws(TensorError) -> Network<Module> {
    let network = try Network(seed: 0, body)
    try network.state.fillWithClosedForms()
    return network
  }

  /// The prompt of the goldens: the tokens (37 i + 11) mod 1000.
  static func prompt(_ count: Int = 77) throws(TensorError) -> Tensor {
    try Tensor((0..<count).map { (37 * $0 + 11) % 1000 }, shape: [1, count])
  }

  /// The encoded prompts of the goldens.
  static func context(batch: Int = 1) throws(TensorError) -> Tensor {
    try .closedForm([batch, 77, 32], a: 1.3, b: 0.2)
  }
}
