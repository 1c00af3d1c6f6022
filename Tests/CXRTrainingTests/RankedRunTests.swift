// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import CXRTraining
import Foundation
import Synchronization
import Testing

@Suite("Runs of several ranks")
struct RankedRunTests {
  fileprivate static func content(
    settings: String = "a", images: [String: String] = ["real": "b"], weights: String? = nil,
    threads: Int = 2
  ) -> RunFolder<String>.Content {
    RunFolder.Content(
      configuration: settings, images: images, weights: weights, rankCount: 2,
      threadCounts: [threads])
  }

  @Test("Ranks may have other threads, as on machines of several kinds")
  func differentThreads() async throws {
    _ = try await ThreadRanks.run(2) { ranks, _ in
      try Self.content(threads: 1 + ranks.rank).requireSame(onAll: ranks)
    }
  }

  @Test(
    "A rank that learns something else says what",
    arguments: [
      (Self.content(settings: "c"), "other settings than"),
      (Self.content(images: ["real": "c"]), "other real images or labels than"),
      (Self.content(settings: "c", weights: "d"), "other settings and other weights than"),
    ])
  func differences(_ other: RunFolder<String>.Content, words: String) async throws {
    let error = await #expect(throws: TrainingDataError.self) {
      try await ThreadRanks.run(2) { ranks, _ in
        try (ranks.isFirst ? Self.content() : other).requireSame(onAll: ranks)
      }
    }
    #expect(error?.code == .unfitSources && error?.message.contains(words) == true)
  }

  @Test("All ranks stop when one was asked to, or its task is cancelled", arguments: [true, false])
  func stops(isAsked: Bool) async throws {
    let results = try await ThreadRanks.run(3) { ranks, _ in
      try ranks.checkStop(false)
      let isLast = ranks.rank == 2
      if isLast, !isAsked { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
      do {
        try ranks.checkStop(isLast && isAsked)
        return false
      } catch is CancellationError { return true }
    }
    #expect(results == [true, true, true])
  }

  @Test(
    "No rank goes on from a checkpoint before all have read it",
    .enabled(if: Torch.isAvailable, "this build has no libtorch"))
  func waitsForReaders() async throws {
    let folder = try TemporaryFolder()
    let checkpoint = Checkpoint(path: folder.path("checkpoint"))
    let hasGoneOn = Mutex(false)
    let early = try await ThreadRanks.run(2) { ranks, _ in
      let network = try Network(seed: 1) { scope throws(TensorError) in
        try BatchNorm(channels: 2, in: scope)
      }
      let optimization = try Optimization(
        Optimization.Settings(.sgd(momentum: 0)), of: network.state, on: .cpu, ranks: ranks)
      if ranks.isFirst { try checkpoint.write("here", optimization) }
      try ranks.wait()
      if !ranks.isFirst {
        // Time for rank 0 to go on by itself, if it does.
        let end = ContinuousClock.now + .milliseconds(200)
        while ContinuousClock.now < end, !hasGoneOn.withLock(\.self) { usleep(5_000) }
      }
      let isEarly = !ranks.isFirst && hasGoneOn.withLock(\.self)
      try checkpoint.restore(optimization, afterSteps: 1)
      hasGoneOn.withLock { $0 = true }
      return isEarly
    }
    #expect(early == [false, false])
  }

  @Test("A checkpoint whose replacement was broken off is there")
  func brokenReplacement() throws {
    let folder = try TemporaryFolder()
    let checkpoint = Checkpoint(path: folder.path("checkpoint"))
    #expect(!checkpoint.exists)
    try checkpoint.write("here", nil)
    try FileManager.default.moveItem(
      atPath: checkpoint.path, toPath: "\(checkpoint.path).former")
    #expect(checkpoint.exists)
    #expect(try checkpoint.progress() as String == "here")
  }
}
