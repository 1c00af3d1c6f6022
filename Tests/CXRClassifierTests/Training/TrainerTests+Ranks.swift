// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRFiles
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import CXRTraining
import Foundation
import Synchronization
import Testing

extension TrainerTests {
  /// Settings whose batches fall into parts that the ranks cannot halve, the last of a step smaller.
  private func partedConfiguration(_ precision: Precision = .float32) -> TrainingConfiguration {
    var configuration = configuration(.real, epochs: 2)
    var network = DenseNetConfiguration(outputs: 2)
    network.inputChannels = 1
    network.stemChannels = 8
    network.growth = 4
    network.blockLayers = [2, 2]
    // No dropout, which each rank draws for itself.
    configuration.classifier.architecture = .denseNet(network)
    (configuration.batchSize, configuration.accumulation) = (5, 2)
    // AdamW's first steps are signs of gradients, which enlarge what rounding makes of those near 0.
    configuration.method = .sgd(momentum: 0.9)
    configuration.precision = precision
    return configuration
  }

  /// Trains as one of some ranks, the last of which asks to stop after so many steps.
  private func run(
    _ configuration: TrainingConfiguration, _ name: String, ranks count: Int,
    _ start: RunStart = .begin, stoppingAfter limit: Int? = nil
  ) async throws -> [Trainer.Outcome] {
    let (images, path) = (images, folder.path(name))
    return try await ThreadRanks.run(count) { ranks, thread in
      var trainer = Trainer(configuration, images, folder: path)
      trainer.ranks = ranks
      trainer.checkpointInterval = 2
      let steps = Mutex(0)
      trainer.isToStop = {
        ranks.rank == count - 1 && limit.map { $0 == steps.withLock(\.self) } ?? false
      }
      return try await trainer.run(start, on: thread) { event in
        if case .step = event { steps.withLock { $0 += 1 } }
      }
    }
  }

  @Test(
    "Two ranks that accumulate gradients have the loss curve of one",
    arguments: [(Precision.float32, 1e-5), (.bfloat16, 1e-3)])
  func sameAsOneRank(_ precision: Precision, _ tolerance: Double) async throws {
    let configuration = partedConfiguration(precision)
    let one = try await run(configuration, "one", ranks: 1)[0].history
    let two = try await run(configuration, "two", ranks: 2)
    #expect(two.map(\.history.count) == [2, 2])
    for (found, expected) in zip(two[0].history, one) {
      print(
        found.validation.loss - expected.validation.loss, expected.trainingLoss)
      #expect(found.trainingLoss.isClose(to: expected.trainingLoss, absolute: tolerance))
      #expect(found.validation.loss.isClose(to: expected.validation.loss, absolute: tolerance))
    }
  }

  @Test("Ranks that were interrupted within an epoch and resumed give the same bits")
  func resumesRanks() async throws {
    var configuration = configuration(.pretrainFineTune, epochs: 2)
    (configuration.batchSize, configuration.accumulation) = (3, 2)
    _ = try await run(configuration, "whole", ranks: 2)
    // 6 and 8 steps an epoch: within the second epoch of each stage.
    for steps in [9, 23] {
      let name = "broken \(steps)"
      await #expect(throws: CancellationError.self) {
        try await run(configuration, name, ranks: 2, stoppingAfter: steps)
      }
      let outcomes = try await run(configuration, name, ranks: 2, .resume)
      #expect(outcomes.map(\.history.count) == [4, 4])
      let (expected, found) = (try result(of: "whole"), try result(of: name))
      #expect(expected.count == 4)
      #expect(expected == found)
    }
  }
}
