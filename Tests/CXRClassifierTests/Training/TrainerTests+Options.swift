// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRFiles
import CXRTensor
import CXRTestSupport
import CXRTraining
import Foundation
import Testing

/// A way of training beside the plain one.
struct TrainingVariant: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let change: @Sendable (inout TrainingConfiguration) -> Void

  static let all: [TrainingVariant] = [
    TrainingVariant(testDescription: "accumulated") {
      $0.batchSize = 4
      $0.accumulation = 2
    },
    TrainingVariant(testDescription: "limited gradients") { $0.largestGradientNorm = 0.5 },
    TrainingVariant(testDescription: "recomputed") { $0.activations = .recomputed },
    TrainingVariant(testDescription: "channels last") { $0.memoryOrder = .channelsLast },
    TrainingVariant(testDescription: "bfloat16") { $0.precision = .bfloat16 },
    TrainingVariant(testDescription: "all together, averaged") {
      $0.batchSize = 3
      $0.accumulation = 3
      $0.largestGradientNorm = 0.5
      $0.activations = .recomputed
      $0.memoryOrder = .channelsLast
      $0.precision = .bfloat16
      $0.average = AverageDecay()
      $0.weighting = .balanced
    },
  ]
}

extension TrainerTests {
  /// Trains, cancelled at an event, and goes on.
  private func runBroken(
    _ configuration: TrainingConfiguration, cancelling: @escaping @Sendable (TrainingEvent) -> Bool
  ) async throws {
    let trainer = Trainer(configuration, images, folder: folder.path("broken"))
    let work = Task {
      try await trainer.run(.begin) { event in if cancelling(event) { cancelCurrentTask() } }
    }
    await #expect(throws: CancellationError.self) { _ = try await work.value }
    _ = try await trainer.run(.resume)
  }

  @Test(
    "Every way of training gives the same bits when it was interrupted",
    arguments: TrainingVariant.all)
  func resumesVariants(_ variant: TrainingVariant) async throws {
    var configuration = configuration(.real, epochs: 2)
    variant.change(&configuration)
    _ = try await Trainer(configuration, images, folder: folder.path("whole")).run(.begin)
    try await runBroken(configuration) { event in
      if case .step(let record) = event { record.epoch == 1 && record.step == 2 } else { false }
    }
    #expect(try result(of: "broken") == result(of: "whole"))
  }

  @Test("Interrupted while it validates, it validates anew and gives the same bits")
  func resumesValidation() async throws {
    var configuration = configuration(.real, epochs: 2)
    // With an average the network holds other weights while it validates.
    configuration.average = AverageDecay()
    _ = try await Trainer(configuration, images, folder: folder.path("whole")).run(.begin)
    try await runBroken(configuration) { event in
      if case .validating(let done, _) = event { done == 2 } else { false }
    }
    #expect(try result(of: "broken") == result(of: "whole"))
  }

  @Test("Another number of threads is noted, told, and no reason to refuse")
  func notesThreads() async throws {
    let path = folder.path("broken")
    let configuration = configuration(.real, epochs: 1)
    let trainer = Trainer(configuration, images, folder: path)
    let work = Task {
      try await trainer.run(.begin) { event in
        if case .step(let record) = event, record.step == 2 { cancelCurrentTask() }
      }
    }
    await #expect(throws: CancellationError.self) { _ = try await work.value }
    let threads = await TensorActor.run { Torch.threadCount }
    func counts() throws -> [Int]? {
      let data = try Data(contentsOf: URL(filePath: "\(path)/run.json"))
      return (try JSONSerialization.jsonObject(with: data) as? [String: Any])?["threadCounts"]
        as? [Int]
    }
    #expect(try counts() == [threads])
    #expect(try await trainer.check(.resume) == [])

    let other = threads + 1
    func changeCount() throws {
      let text = try String(contentsOfFile: "\(path)/run.json", encoding: .utf8)
      let changed = text.replacing(/("threadCounts" : \[[^\]]*?)\d+(\s*\])/) {
        "\($0.output.1)\(other)\($0.output.2)"
      }
      try Data(changed.utf8).write(to: URL(filePath: "\(path)/run.json"))
    }
    try changeCount()
    let notes = try await trainer.check(.resume)
    #expect(notes.count == 1 && notes[0].contains("--threads \(other)"))
    _ = try await trainer.run(.resume)
    #expect(try counts() == [other, threads])
    #expect(try await trainer.check(.resume) == [])

    // Nothing of a finished run is computed any more.
    try changeCount()
    let before = try result(of: "broken")
    _ = try await trainer.run(.resume)
    #expect(try counts() == [other, other])
    #expect(try result(of: "broken") == before)
  }
}
