// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import CXRTraining
import Foundation
import Synchronization
import Testing

@testable import CXRDiffusion

extension DiffusionTrainerTests {
  /// Fine-tunes as one of some ranks, the last of which asks to stop after so many steps.
  private func run(
    _ configuration: FineTuningConfiguration, _ name: String, ranks count: Int,
    _ start: RunStart = .begin, stoppingAfter limit: Int? = nil
  ) async throws -> [[FineTuningRecord]] {
    let (images, validation) = (try DrawnPixels.list(0..<7), try DrawnPixels.list(7..<10))
    let (base, path, latents) = (try model.open(), folder.path(name), folder.url.path)
    return try await ThreadRanks.run(count) { ranks, thread in
      var trainer = DiffusionTrainer(
        configuration, base, images, folder: path, tokens: DrawnPixels.tokens)
      trainer.validation = validation
      trainer.latentsFolder = latents
      trainer.ranks = ranks
      let steps = Mutex(0)
      trainer.isToStop = { ranks.rank == count - 1 && steps.withLock(\.self) == limit }
      return try await trainer.run(start, on: thread) { event in
        if case .step(let step, _, _) = event { steps.withLock { $0 = step } }
      }.history
    }
  }

  @Test(
    "Two ranks that accumulate gradients have the loss curve of one",
    arguments: [(Precision.float32, 1e-5), (.bfloat16, 2e-3)])
  func sameAsOneRank(_ precision: Precision, _ tolerance: Double) async throws {
    var configuration = wholeConfiguration()
    // AdamW's first steps are signs of gradients, which enlarge what rounding makes of those near 0.
    configuration.adam.epsilon = 1e-2
    (configuration.batchSize, configuration.accumulation) = (3, 2)
    configuration.precision = precision
    let one = try await run(configuration, "one", ranks: 1)[0]
    let two = try await run(configuration, "two", ranks: 2)
    #expect(two.map(\.count) == [2, 2] && two[0] == two[1])
    for (found, expected) in zip(two[0], one) {
      #expect(found.trainingLoss.isClose(to: expected.trainingLoss, absolute: tolerance))
      let losses = (try #require(found.validationLoss), try #require(expected.validationLoss))
      #expect(losses.0.isClose(to: losses.1, absolute: tolerance))
    }
  }

  @Test("Ranks that were interrupted within an epoch and resumed give the same bits")
  func resumesRanks() async throws {
    _ = try await run(wholeConfiguration(), "whole", ranks: 2)
    // Of seven images, four a step: the third step is the first of an epoch.
    await #expect(throws: CancellationError.self) {
      try await run(wholeConfiguration(), "broken", ranks: 2, stoppingAfter: 3)
    }
    let resumed = try await run(wholeConfiguration(), "broken", ranks: 2, .resume)
    #expect(resumed.map(\.count) == [2, 2])
    for name in Self.results {
      #expect(try bytes("broken/\(name)") == bytes("whole/\(name)"), "\(name)")
    }
  }

  @Test("Resuming a finished run changes nothing, whatever the number of threads")
  func leavesFinishedRun() async throws {
    _ = try await trainer(configuration(steps: 2), "run").run(.begin)
    let path = folder.path("run/run.json")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let changed = text.replacing(/("threadCounts" : \[\s*)\d+/) { "\($0.output.1)99" }
    try changed.write(toFile: path, atomically: true, encoding: .utf8)
    let names = ["run.json"] + Self.results.filter { !$0.contains("average") }
    let before = try names.map { try bytes("run/\($0)") }
    let outcome = try await trainer(configuration(steps: 2), "run").run(.resume)
    #expect(outcome.history.count == 1)
    #expect(try names.map { try bytes("run/\($0)") } == before)
  }
}
