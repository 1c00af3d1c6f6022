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

    init(_ architecture: Case.Architecture, seed: UInt64) throws(TensorError) {
      switch architecture {
      case .denseNet(let configuration):
        let network = try Network(seed: seed) { scope throws(TensorError) in
          try DenseNet(configuration, in: scope)
        }
        state = network.state
        outputs = { pictures, phase throws(TensorError) in try network.module(pictures, phase) }
      case .resNet(let configuration):
        let network = try Network(seed: seed) { scope throws(TensorError) in
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
    let classifier = try Classifier(test.architecture, seed: 1)
    let file = try path("\(test.name).safetensors")
    try classifier.state.load(WeightFile(path: file).tensors, from: file)
    let pictures = try tensor("\(test.name).batch")
    let targets = try tensor("\(test.name).targets")
    let expected = try tensor("\(test.name).losses").values(as: Double.self)
    let optimizer = try Optimizer(
      .adamW(weightDecay: 0.05), of: classifier.state.parameters)
    var losses: [Double] = []
    for value in expected {
      let loss = try binaryCrossEntropy(
        logits: classifier.outputs(pictures, .training), targets: targets
      ).mean()
      losses.append(try loss.item())
      #expect(losses.last?.isClose(to: value, absolute: 1e-4) == true, "\(losses) \(expected)")
      try optimizer.clearGradients()
      try loss.backward()
      try optimizer.step(learningRate: 1e-4)
    }
    #expect(losses.count == 5)
    try record(["losses": losses, "expected": expected], "\(test.name).learning")
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
