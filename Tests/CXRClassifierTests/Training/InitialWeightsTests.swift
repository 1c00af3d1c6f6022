// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRFiles
import CXRTensor
import CXRTestSupport
import Foundation
import Testing
import CXRTraining

@Suite("InitialWeights", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct InitialWeightsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func description(
    channels: Int, _ findings: [Finding], growth: Int = 4
  ) -> ClassifierDescription {
    var network = DenseNetConfiguration(outputs: findings.count)
    network.inputChannels = channels
    network.stemChannels = 8
    network.growth = growth
    network.blockLayers = [2, 2]
    return ClassifierDescription(
      architecture: .denseNet(network), labels: findings.map(LearnedLabel.finding), side: 16,
      scale: .signedUnit)
  }

  private func classifier(
    channels: Int = 1, _ findings: [Finding] = [.edema, .pneumonia], growth: Int = 4, seed: UInt64
  ) throws -> Classifier {
    try Classifier(
      description(channels: channels, findings, growth: growth), seed: seed, on: .cpu)
  }

  /// Writes the weights of a classifier under other names.
  private func write(
    _ classifier: Classifier, _ name: String = "w.safetensors",
    spelled: (String) -> String = { $0 }
  ) throws -> String {
    let path = folder.path(name)
    try SafetensorsFile.write(
      StoredTensors(classifier.state.stored().map { $0.renamed(spelled($0.name)) }), to: path)
    return path
  }

  private func values(_ classifier: Classifier, _ name: String) throws -> [Float] {
    try #require(classifier.state[name]).values(as: Float.self)
  }

  @Test("Takes over photographs' weights as they were saved in 2017, but for their classes")
  func photographs() throws {
    let source = try classifier(
      channels: 3, [.edema, .pneumonia, .fracture, .cardiomegaly], seed: 1)
    let path = try write(source) { name in
      "module." + name.replacing("norm1.", with: "norm.1.").replacing("conv2.", with: "conv.2.")
    }
    let target = try classifier(seed: 2)
    let head = try values(target, "classifier.weight")
    let report = try InitialWeights(path: path).load(into: target)

    let kernels = try values(source, "features.conv0.weight")
    let sums = try values(target, "features.conv0.weight")
    #expect(sums.count * 3 == kernels.count)
    for (position, sum) in sums.enumerated() {
      let start = position / 49 * 147 + position % 49
      #expect(abs(sum - kernels[start] - kernels[start + 49] - kernels[start + 98]) < 1e-6)
    }
    let inner = "features.denseblock2.denselayer1.norm1.running_var"
    #expect(try values(target, inner) == values(source, inner))
    #expect(try values(target, "classifier.weight") == head)
    #expect(report.path == path)
    #expect(report.networkTensorCount == target.state.names.count)
    #expect(report.tensorCount == report.networkTensorCount - 2)
    for words in [
      "module. removed from", "norm.1 read as norm1", "sum of 3 input channels",
      "classifier is new", "the file's head has 4 outputs, and 2 are wanted",
    ] {
      #expect(report.description.contains(words), "\(report)")
    }
  }

  @Test("Takes over a head of the same width, and says that its meaning is unknown")
  func sameWidth() throws {
    let source = try classifier(seed: 1)
    let target = try classifier(seed: 2)
    let report = try InitialWeights(path: write(source)).load(into: target)
    #expect(try values(target, "classifier.weight") == values(source, "classifier.weight"))
    #expect(report.tensorCount == report.networkTensorCount)
    #expect(report.notes == ["classifier is the file's, whatever its 2 outputs mean"])
  }

  @Test("Takes over a folder's head only if its outputs are of the same findings in order")
  func folders() throws {
    let source = try classifier(seed: 1)
    let path = folder.path("best")
    try source.write(to: path)
    let same = try classifier(seed: 2)
    #expect(try InitialWeights(path: path).load(into: same).notes.isEmpty)
    #expect(try values(same, "classifier.weight") == values(source, "classifier.weight"))
    let swapped = try classifier([.pneumonia, .edema], seed: 2)
    let head = try values(swapped, "classifier.weight")
    let report = try InitialWeights(path: path).load(into: swapped)
    #expect(try values(swapped, "classifier.weight") == head)
    #expect(report.notes.contains { $0.contains("of other labels, or in another order") })
    let digest = try InitialWeights(path: path).sha256
    #expect(try digest == FileDigest(path: "\(path)/model.safetensors").sha256)
  }

  @Test("Names what does not fit, all at once, and changes nothing")
  func mismatch() throws {
    let source = try classifier(growth: 6, seed: 1)
    let path = try write(source) { $0.replacing("norm5.bias", with: "norm5.offset") }
    let target = try classifier(seed: 2)
    let before = try values(target, "features.conv0.weight")
    let error = #expect(throws: TensorError.self) {
      try InitialWeights(path: path).load(into: target)
    }
    #expect(error?.code == .mismatch)
    for words in [
      path, "1 missing (features.norm5.bias)", "1 unexpected (features.norm5.offset)",
      "of another shape (features.denseblock1.denselayer1.conv1.weight [24, 8, 1, 1], not",
    ] {
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
    #expect(try values(target, "features.conv0.weight") == before)
  }

  @Test("Says what a path is that holds no weights")
  func noWeights() throws {
    try folder.write("epoch,loss\n", to: "metrics.csv")
    try FileManager.default.createDirectory(
      atPath: folder.path("empty"), withIntermediateDirectories: true)
    let absent = #expect(throws: FileError.self) { try InitialWeights(path: folder.path("no")) }
    #expect(absent?.code == .missing)
    let empty = #expect(throws: FileError.self) { try InitialWeights(path: folder.path("empty")) }
    #expect(empty?.message.contains("OUT/best") == true)
    let text = try InitialWeights(path: folder.path("metrics.csv"))
    let target = try classifier(seed: 2)
    let error = #expect(throws: FileError.self) { try text.load(into: target) }
    #expect(error?.message.contains("is no file of weights") == true)
  }

  // MARK: Runs

  private func trainer(
    _ strategy: TrainingStrategy, weights: String, _ run: String, rate: Double = 1e-30
  ) throws -> Trainer {
    var configuration = TrainingConfiguration(
      description(channels: 1, [.edema, .pneumonia]), strategy: strategy)
    configuration.epochs = 1
    configuration.batchSize = 8
    for stage in configuration.strategy.stages.indices {
      configuration.strategy.stages[stage].learningRate = rate
    }
    var trainer = Trainer(
      configuration,
      try TrainingImages(
        real: LearnablePixels.list(16),
        synthetic: LearnablePixels.list(16, firstID: 1_000, seed: 8),
        validation: LearnablePixels.list(8, firstID: 2_000)),
      folder: folder.path(run))
    trainer.givenWeights = weights
    return trainer
  }

  private func scale(of folder: String) throws -> [Double] {
    try WeightFile(path: "\(folder)/model.safetensors").tensors
      .tensor(named: "features.conv0.weight").numbers()
  }

  @Test(
    "A first stage begins with the weights, also one that would begin at random",
    arguments: [TrainingStrategy.real, .pretrainFineTune])
  func begins(_ strategy: TrainingStrategy) async throws {
    let (path, kernels) = try await TensorActor.run {
      let source = try classifier(channels: 3, [.edema, .pneumonia, .fracture], seed: 1)
      return (try write(source), try values(source, "features.conv0.weight"))
    }
    let run = try trainer(strategy.beginningWithGivenWeights(), weights: path, "run")
    let outcome = try await run.run(.begin)
    // With next to no learning rate, the weights stay what they were.
    let found = try scale(of: outcome.bestFolder)
    for (position, sum) in found.enumerated() {
      let start = position / 49 * 147 + position % 49
      let expected = Double(kernels[start] + kernels[start + 49] + kernels[start + 98])
      #expect(abs(sum - expected) < 1e-6)
    }
    let content = try String(contentsOfFile: folder.path("run/run.json"), encoding: .utf8)
    #expect(content.contains(try FileDigest(path: path).sha256))

    // Other weights are another run.
    let other = try await TensorActor.run {
      try write(classifier(channels: 3, [.edema, .pneumonia, .fracture], seed: 9), "o.safetensors")
    }
    let resumed = try trainer(strategy.beginningWithGivenWeights(), weights: other, "run")
    let error = await #expect(throws: FileError.self) { try await resumed.run(.resume) }
    #expect(error?.message.contains("other settings") == true)
  }

  @Test("A stage that begins at random does not look at the weights")
  func random() async throws {
    let run = try trainer(.pretrainFineTune, weights: "", "run")
    #expect(try await run.tryWeights() == nil)
  }

  @Test("Weights that do not fit are refused before there is a folder")
  func refusesBeforehand() async throws {
    let path = try await TensorActor.run { try write(classifier(growth: 6, seed: 1)) }
    let run = try trainer(.real, weights: path, "run")
    await #expect(throws: TensorError.self) { try await run.run(.begin) }
    #expect(!FileManager.default.fileExists(atPath: folder.path("run")))
  }
}
