// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRTensor
import CXRTestSupport
import CXRTraining
import Testing

@testable import CXRClassifier

@Suite("Learner", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct LearnerTests {
  /// The same four images twice, so that batch normalisation sees the same in each half; of the
  /// labels of the first half one is known, of those of the second half all are.
  private let batch: ImageBatch

  init() {
    let pixels = ClosedForm.input(4 * 16 * 16)
    batch = ImageBatch(
      number: 0, labels: .findings(.edema, .pneumonia), radiographIDs: Array(1...8),
      sources: Array(repeating: .real, count: 8), pixels: pixels + pixels,
      pixelShape: [8, 1, 16, 16],
      targets: [1, 0, 0, 0, 0, 0, 0, 0] + [0, 1, 1, 0, 0, 1, 1, 1],
      mask: [1, 0, 0, 0, 0, 0, 0, 0] + [1, 1, 1, 1, 1, 1, 1, 1])
  }

  private func learned(
    _ batches: [ImageBatch], batchSize: Int, accumulation: Int, limit: Double? = nil
  ) throws -> (loss: Double, weight: Double, weights: [[Float]]) {
    var network = DenseNetConfiguration(outputs: 2)
    network.inputChannels = 1
    network.stemChannels = 8
    network.growth = 4
    network.blockLayers = [2, 2]
    let description = ClassifierDescription(
      architecture: .denseNet(network), labels: .findings(.edema, .pneumonia), side: 16,
      scale: .signedUnit
    )
    var configuration = TrainingConfiguration(description, strategy: .real)
    configuration.batchSize = batchSize
    configuration.accumulation = accumulation
    configuration.method = .sgd(momentum: 0)
    configuration.largestGradientNorm = limit
    let learner = try Learner(
      Classifier(description, seed: 3, on: .cpu), configuration, positiveWeights: [2, 1], on: .cpu)
    var sum = (loss: 0.0, weight: 0.0)
    for batch in batches {
      let plan = EpochPlan(
        seed: 0, epoch: 0, count: batch.count, batchSize: batch.count, partSize: batchSize)
      let loss = try learner.learn(
        from: batch, inParts: plan.parts(ofBatch: 0), learningRate: 0.5, step: 0)
      sum = (sum.loss + loss.lossSum, sum.weight + loss.weight)
    }
    return (
      sum.loss, sum.weight,
      try learner.classifier.state.parameters.map { try $0.tensor.values(as: Float.self) }
    )
  }

  private func difference(_ a: [[Float]], _ b: [[Float]]) -> Float {
    zip(a.joined(), b.joined()).map { abs($0 - $1) }.max() ?? .infinity
  }

  @Test("Gradients of two batches make the step of one batch of their images")
  func accumulates() throws {
    let whole = try learned([batch], batchSize: 8, accumulation: 1)
    let parts = try learned([batch], batchSize: 4, accumulation: 2)
    #expect(parts.weight == 9 && whole.weight == 9)
    #expect(parts.loss.isClose(to: whole.loss, absolute: 1e-5))
    #expect(difference(parts.weights, whole.weights) < 1e-5)
    // The same two batches as two steps end elsewhere.
    let steps = try learned(batch.parts([0..<4, 4..<8]), batchSize: 4, accumulation: 1)
    #expect(difference(steps.weights, whole.weights) > 1e-3)
  }

  @Test("A step whose gradients are limited is shorter")
  func limitsGradients() throws {
    let start = try learned([], batchSize: 8, accumulation: 1).weights
    func length(_ limit: Double?) throws -> Double {
      let end = try learned([batch], batchSize: 4, accumulation: 2, limit: limit).weights
      return zip(start.joined(), end.joined()).reduce(0) {
        $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
      }.squareRoot()
    }
    // Descent goes as far as the norm of the gradients times the learning rate.
    #expect(try length(0.01).isClose(to: 0.005, relative: 1e-3))
    #expect(try length(nil) > 0.05)
  }

  @Test("A batch falls into parts, some of which may have no image")
  func parts() {
    #expect(batch.parts([0..<8]) == [batch])
    let parts = batch.parts([0..<2, 2..<2, 2..<5, 5..<8])
    #expect(parts.map(\.count) == [2, 0, 3, 3])
    #expect(parts.allSatisfy { $0.pixelShape == [$0.count, 1, 16, 16] })
    #expect(parts.flatMap(\.pixels) == batch.pixels)
    #expect(parts.flatMap(\.targets) == batch.targets && parts.flatMap(\.mask) == batch.mask)
    #expect(parts.flatMap(\.radiographIDs) == batch.radiographIDs)
  }
}
