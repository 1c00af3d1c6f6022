// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import Testing

@Suite("DenseNet", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct DenseNetTests {
  /// Numbers of torchvision 0.28.0 on torch 2.13.0, from the reference's models_golden.json.
  @Test("Agrees with torchvision on closed-form weights")
  func agreesWithTorchvision() throws {
    var configuration = DenseNetConfiguration(outputs: 3)
    configuration.growth = 8
    configuration.blockLayers = [2, 3]
    configuration.stemChannels = 16
    configuration.bottleneck = 2
    let network = try Network(seed: 0) { scope throws(TensorError) in
      try DenseNet(configuration, in: scope)
    }
    try network.state.fillWithClosedForms()
    let pictures = try Tensor(ClosedForm.input(2 * 3 * 32 * 32), shape: [2, 3, 32, 32])
    let outputs = try withInference { try network.module(pictures, .evaluation) }
    let expected: [Float] = [0.124243, -0.119947, 0.144763, 0.123977, -0.119604, 0.144607]
    for (output, value) in zip(try outputs.values(as: Float.self), expected) {
      #expect(abs(output - value) < 1e-5)
    }
  }

  @Test("DenseNet-121 has torchvision's 727 tensors and 6,968,206 parameters")
  func hasTorchvisionsSize() throws {
    let network = try Network(seed: 0) { scope throws(TensorError) in
      try DenseNet(.densenet121(inputChannels: 3, outputs: 14), in: scope)
    }
    #expect(network.state.entries.count == 727)
    #expect(network.state.parameterCount == 6_968_206)
  }
}
