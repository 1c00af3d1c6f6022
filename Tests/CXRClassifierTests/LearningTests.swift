// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import Foundation
import Testing

/// Five steps of a small DenseNet on closed-form weights and pictures.
///
/// PyTorch's numbers are made by Scripts/golden/make_learning_goldens.py, of steps that float64 makes
/// too: their losses differ by at most 1e-6, whatever the number of threads.
@Suite("Learning", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct LearningTests {
  /// What is learned with, under its name in the golden.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let method: OptimizationMethod
    let rate: Double
    var clip: Double?
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "adamw", method: adamW, rate: 5e-4),
    Case(name: "adamw clipped", method: adamW, rate: 1e-3, clip: 0.1),
    Case(name: "adam amsgrad", method: amsgrad, rate: 1e-3),
    Case(name: "sgd", method: .sgd(momentum: 0), rate: 0.01),
    Case(name: "sgd momentum", method: .sgd(momentum: 0.9, weightDecay: 0.5), rate: 5e-3),
    Case(name: "sgd nesterov", method: .sgd(momentum: 0.9, .nesterov), rate: 0.01),
  ]

  static var adamW: OptimizationMethod {
    var adam = Adam()
    adam.epsilon = 1e-3
    adam.weightDecay = 1
    return .adam(adam)
  }

  static var amsgrad: OptimizationMethod {
    var adam = Adam()
    adam.beta2 = 0.5
    adam.epsilon = 1e-3
    adam.weightDecay = 0.1
    adam.decay = .coupled
    adam.divisor = .maximum
    return .adam(adam)
  }

  let network: Network<DenseNet>
  let pictures, targets: Tensor

  init() throws {
    var configuration = DenseNetConfiguration(outputs: 3)
    configuration.growth = 8
    configuration.blockLayers = [2, 3]
    configuration.stemChannels = 16
    configuration.bottleneck = 2
    network = try Network(seed: 0) { scope throws(TensorError) in
      try DenseNet(configuration, in: scope)
    }
    try network.state.fillWithClosedForms()
    let waves = (0..<8).flatMap { index in
      ClosedForm.input(3 * 64 * 64, a: 0.03 * pow(1.7, Double(index)), b: Double(index))
    }
    pictures = try Tensor(waves, shape: [8, 3, 64, 64])
    let signs = ClosedForm.input(24, a: 3, b: 0.5)
    targets = try Tensor(signs.map { $0 > 0 ? 1 : 0 } as [Float], shape: [8, 3])
  }

  @Test("Five steps agree with PyTorch", arguments: cases)
  func agreesWithPyTorch(_ learning: Case) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/learning.json")
    let golden = try JSONDecoder().decode(GoldenJSON.self, from: Data(contentsOf: file))[
      learning.name]
    let optimizer = try Optimizer(learning.method, of: network.state.parameters)
    let norms = try golden["norms"].numbers
    for (index, expected) in try golden["losses"].numbers.enumerated() {
      let loss = try binaryCrossEntropy(
        logits: network.module(pictures, .training), targets: targets
      ).mean()
      #expect(try loss.item().isClose(to: expected, absolute: 2e-5))
      try optimizer.clearGradients()
      try loss.backward()
      let norm = try optimizer.clipGradients(toNorm: learning.clip ?? .infinity)
      #expect(try norm.item().isClose(to: norms[index], relative: 1e-3))
      try optimizer.step(learningRate: learning.rate, unless: norm.nonFiniteFlag())
    }
    for name in try golden["sums"].keys {
      let sum = try #require(network.state[name]).converted(to: .float64).sum().item()
      #expect(sum.isClose(to: try golden["sums"][name].number, absolute: 1e-4), "\(name)")
    }
  }
}
