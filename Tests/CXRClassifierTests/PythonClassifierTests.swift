// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRFiles
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

private let folder = ProcessInfo.processInfo.environment["CXR_CLASSIFIER_FILES"]

/// Networks beside torchvision's; `Scripts/golden/check_classifiers.py` makes the folder, and says
/// how to run this.
@Suite(
  "Classifiers of torchvision",
  .enabled(if: folder != nil, "skipped: CXR_CLASSIFIER_FILES names no folder"),
  .enabled(if: Torch.isAvailable, "this build has no libtorch"), .serialized)
struct PythonClassifierTests {
  /// A network in both worlds.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let architecture: Architecture
    var testDescription: String { name }

    enum Architecture: Sendable {
      case denseNet(DenseNetConfiguration)
      case resNet(ResNetConfiguration)
    }
  }

  static let cases = [
    Case(
      name: "densenet121-1",
      architecture: .denseNet(.densenet121(inputChannels: 1, outputs: 14))),
    Case(
      name: "densenet121-3",
      architecture: .denseNet(.densenet121(inputChannels: 3, outputs: 14))),
    Case(name: "resnet34", architecture: .resNet(.resnet34(outputs: 14))),
    Case(name: "resnet50", architecture: .resNet(.resnet50(outputs: 14))),
  ]

  /// A network of either kind.
  private struct Classifier {
    let state: StateDictionary
    let outputs: (Tensor, Phase) throws(TensorError) -> Tensor

    init(
      _ architecture: Case.Architecture, seed: UInt64, as type: ScalarType = .float32
    ) throws(TensorError) {
      switch architecture {
      case .denseNet(let configuration):
        let network = try Network(seed: seed, as: type) { scope throws(TensorError) in
          try DenseNet(configuration, in: scope)
        }
        state = network.state
        outputs = { pictures, phase throws(TensorError) in try network.module(pictures, phase) }
      case .resNet(let configuration):
        let network = try Network(seed: seed, as: type) { scope throws(TensorError) in
          try ResNet(configuration, in: scope)
        }
        state = network.state
        outputs = { pictures, phase throws(TensorError) in try network.module(pictures, phase) }
      }
    }

    func evaluated(_ pictures: Tensor) throws(TensorError) -> Tensor {
      try withInference { () throws(TensorError) in try outputs(pictures, .evaluation) }
    }
  }

  private func path(_ name: String) throws -> String { "\(try #require(folder))/\(name)" }

  private func tensor(_ name: String) throws -> Tensor {
    try Tensor(StoredTensor(numPyFile: path("\(name).npy")))
  }

  /// Keeps what was measured, for Python to print.
  private func record(_ measured: [String: [Double]], _ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: path("written"), withIntermediateDirectories: true)
    try JSONEncoder().encode(measured).write(to: URL(filePath: path("written/\(name).json")))
  }

  @Test("Weights of torchvision give torchvision's outputs", arguments: cases)
  func forward(_ test: Case) throws {
    let classifier = try Classifier(test.architecture, seed: 1)
    let file = try path("\(test.name).safetensors")
    #expect(try classifier.state.load(WeightFile(path: file).tensors, from: file).isEmpty)
    let outputs = try classifier.evaluated(tensor("\(test.name).pictures"))
    let expected = try tensor("\(test.name).outputs")
    #expect(outputs.shape == expected.shape)
    let differences = try (outputs - expected).magnitude().values(as: Double.self)
    let largest = differences.max() ?? .infinity
    #expect(largest <= 5e-4)
    try record(["difference": [largest]], "\(test.name).forward")
  }

  @Test("Five steps of AdamW have torchvision's losses", arguments: cases)
  func learning(_ test: Case) throws {
    // Each step multiplies what float32 rounds: PyTorch's own later losses part from those of its
    // float64. In float64 nothing but the method is left to differ.
    let exact = try losses(of: test, in: .float64)
    let expected = try tensor("\(test.name).losses-float64").values(as: Double.self)
    #expect(exact.count == expected.count && expected.count == 5)
    for (loss, value) in zip(exact, expected) { #expect(loss.isClose(to: value, absolute: 1e-9)) }
    let usual = try losses(of: test, in: .float32)
    let start = try tensor("\(test.name).losses-float32").values(as: Double.self)
    for (loss, value) in zip(usual, start).prefix(2) {
      #expect(loss.isClose(to: value, absolute: 1e-4))
    }
    try record(["float64": exact, "float32": usual], "\(test.name).learning")
  }

  /// The losses before each of five steps on one batch.
  private func losses(of test: Case, in type: ScalarType) throws -> [Double] {
    let classifier = try Classifier(test.architecture, seed: 1, as: type)
    let file = try path("\(test.name).safetensors")
    try classifier.state.load(WeightFile(path: file).tensors, from: file)
    let pictures = try tensor("\(test.name).batch").converted(to: type)
    let targets = try tensor("\(test.name).targets").converted(to: type)
    var adam = Adam()
    adam.weightDecay = 0.05
    let optimizer = try Optimizer(.adam(adam), of: classifier.state.parameters)
    return try (0..<5).map { _ in
      let loss = try binaryCrossEntropy(
        logits: classifier.outputs(pictures, .training), targets: targets
      ).mean()
      try optimizer.clearGradients()
      try loss.backward()
      try optimizer.step(learningRate: 1e-4)
      return try loss.item()
    }
  }

  @Test("Initial weights are written for torchvision to read and to judge", arguments: cases)
  func initialWeights(_ test: Case) throws {
    let classifier = try Classifier(test.architecture, seed: 7)
    let outputs = try classifier.evaluated(tensor("\(test.name).pictures"))
    try FileManager.default.createDirectory(
      atPath: path("written"), withIntermediateDirectories: true)
    try SafetensorsFile.write(
      classifier.state.stored(), to: path("written/\(test.name).safetensors"))
    try outputs.stored(named: "outputs")
      .writeNumPyFile(to: path("written/\(test.name).outputs.npy"))
  }
}
