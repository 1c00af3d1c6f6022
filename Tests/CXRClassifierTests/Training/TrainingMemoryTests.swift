// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRTensor
import CXRTestSupport
import Foundation
import Synchronization
import Testing
import CXRTraining

/// Each measurement has a process of its own, in which nothing else takes memory.
@Suite(
  "Memory of training", .enabled(if: Torch.isAvailable, "this build has no libtorch"),
  .enabled(if: ProcessMemory.isMeasured, "the address sanitizer looks for leaks itself"))
struct TrainingMemoryTests {
  /// The growth, in megabytes, that 800 steps may cause: 0.5 was seen, and 8 would be kept.
  static let allowance = 4.0

  /// Trains a tiny network and gives how the process has grown from step 200 to step 1,000.
  ///
  /// - Parameter keeping: Whether 10 kB are kept with each step, as a leak would.
  /// - Returns: The growth of the resident memory in megabytes.
  /// - Throws: What training throws.
  static func growthMB(keeping: Bool) async throws -> Double {
    let folder = try TemporaryFolder()
    let images = try TrainingImages(
      real: LearnablePixels.list(400), synthetic: nil,
      validation: LearnablePixels.list(8, firstID: 2_000))
    var network = DenseNetConfiguration(outputs: 2)
    network.inputChannels = 1
    network.stemChannels = 4
    network.growth = 2
    network.blockLayers = [1, 1]
    let description = ClassifierDescription(
      architecture: .denseNet(network), labels: .findings(.edema, .pneumonia), side: 16,
      scale: .signedUnit
    )
    var configuration = TrainingConfiguration(description, strategy: .real)
    configuration.epochs = 10
    configuration.patience = nil
    configuration.batchSize = 2
    configuration.accumulation = 2
    configuration.largestGradientNorm = 1
    configuration.activations = .recomputed
    configuration.average = AverageDecay()
    let resident = Mutex<[Int: Double]>([:])
    _ = try await Trainer(configuration, images, folder: folder.path("run")).run(.begin) { event in
      guard case .step(let record) = event else { return }
      if keeping, let tensor = try? Tensor.ones([2_500]) {
        _ = unsafe Unmanaged.passRetained(tensor)
      }
      let step = record.epoch * record.stepsPerEpoch + record.step
      guard step == 200 || step == 1_000 else { return }
      let size = try? ProcessMemory.residentMB()
      resident.withLock { $0[step] = size }
    }
    let sizes = resident.withLock { $0 }
    return try #require(sizes[1_000]) - #require(sizes[200])
  }

  @Test("A thousand steps leave nothing behind")
  func leavesNothing() async {
    await #expect(processExitsWith: .success) {
      let growth = try await TrainingMemoryTests.growthMB(keeping: false)
      #expect(growth < TrainingMemoryTests.allowance, "\(growth) MB")
    }
  }

  @Test("The same measurement finds 10 kB kept with each step")
  func findsKept() async {
    await #expect(processExitsWith: .exitCode(3)) {
      let growth = try await TrainingMemoryTests.growthMB(keeping: true)
      exit(growth < TrainingMemoryTests.allowance ? 0 : 3)
    }
  }
}
