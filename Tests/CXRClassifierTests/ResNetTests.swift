// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import Testing

@Suite("ResNet", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct ResNetTests {
  /// Numbers of torchvision 0.28.0 on torch 2.13.0, from the reference's models_golden.json.
  @Test("Agrees with torchvision on closed-form weights")
  func agreesWithTorchvision() throws {
    let configuration = ResNetConfiguration(
      block: .bottleneck, stageBlocks: [1, 1, 1, 1], outputs: 3)
    let network = try Network(seed: 0) { scope throws(TensorError) in
      try ResNet(configuration, in: scope)
    }
    try network.state.fillWithClosedForms()
    let pictures = try Tensor(ClosedForm.input(3 * 64 * 64), shape: [1, 3, 64, 64])
    let outputs = try withInference { try network.module(pictures, .evaluation) }
    for (output, value) in zip(
      try outputs.values(as: Float.self), [1.531759, -1.648832, 1.292993] as [Float])
    {
      #expect(abs(output - value) < 1e-4)
    }
  }

  @Test(
    "Has torchvision's tensors and parameters",
    arguments: [
      (ResNetConfiguration.resnet34(outputs: 1000), 218, 21_797_672),
      (ResNetConfiguration.resnet50(outputs: 1000), 320, 25_557_032),
    ])
  func hasTorchvisionsSize(
    configuration: ResNetConfiguration, tensors: Int, parameters: Int
  ) throws {
    let network = try Network(seed: 0) { scope throws(TensorError) in
      try ResNet(configuration, in: scope)
    }
    #expect(network.state.entries.count == tensors)
    #expect(network.state.parameterCount == parameters)
  }
}
