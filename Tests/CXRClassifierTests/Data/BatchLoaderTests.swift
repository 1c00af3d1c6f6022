// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRImage
import Foundation
import Testing
import CXRTraining

@Suite("Batch loader")
struct BatchLoaderTests {
  private static let scale = PixelInput.Scale.standardized([
    Standardization(mean: 0.4, standardDeviation: 0.3)
  ])

  private static var augmented: PixelInput {
    var input = PixelInput(channels: 1, scale: scale)
    var augmentation = Augmentation()
    augmentation.flipProbability = 0.5
    augmentation.rotationDegrees = 10
    augmentation.brightness = 0.2
    augmentation.contrast = 0.2
    input.augmentation = augmentation
    return input
  }

  private func examples(_ count: Int = 50, mix: String = "mixed:1:1") throws -> ExampleSet {
    try ExampleSet(
      real: MadeUpImages.list(count), synthetic: MadeUpImages.list(count, firstID: 1_000),
      mix: TrainingMix(mix), seed: 7)
  }

  private func batches(
    _ loader: BatchLoader, _ plan: EpochPlan, from first: Int = 0
  ) async throws -> [ImageBatch] {
    var batches: [ImageBatch] = []
    try await loader.forEachBatch(of: plan, from: first) { batches.append($0) }
    return batches
  }

  @Test(
    "Batches are the same for any number of workers and any look-ahead",
    arguments: [1, 2, 5, 20], [1, 3, 50])
  func doesNotDependOnWorkers(_ workers: Int, lookAhead: Int) async throws {
    let examples = try examples()
    let plan = examples.plan(epoch: 2, batchSize: 8)
    let loader = BatchLoader(
      examples, input: Self.augmented, workers: workers, lookAhead: lookAhead)
    let expected = try (0..<plan.batchCount).map { try loader.batch($0, of: plan) }
    #expect(try await batches(loader, plan) == expected)
    #expect(expected.map(\.number) == Array(0..<13))
    #expect(expected.map(\.count).reduce(0, +) == 100)
  }

  @Test("Training resumed at any batch goes on with the same batches", arguments: 0...7)
  func resumes(_ first: Int) async throws {
    let examples = try examples(25)
    let plan = examples.plan(epoch: 1, batchSize: 8)
    let whole = try await batches(BatchLoader(examples, input: Self.augmented), plan)
    // As after a restart, nothing is shared with the first run.
    let again = try self.examples(25)
    let rest = try await batches(
      BatchLoader(again, input: Self.augmented, workers: 3),
      again.plan(epoch: 1, batchSize: 8), from: first)
    #expect(rest == Array(whole.dropFirst(first)))
    #expect(rest.count == 7 - first)
  }

  @Test("Slices of ranks unite to the batch of one rank")
  func unitesRanks() async throws {
    let examples = try examples(25)
    let loader = BatchLoader(examples, input: Self.augmented)
    let whole = try await batches(loader, examples.plan(epoch: 1, batchSize: 9))
    var slices: [[ImageBatch]] = []
    for rank in 0..<4 {
      slices.append(
        try await batches(
          loader, examples.plan(epoch: 1, batchSize: 9, rank: rank, rankCount: 4)))
    }
    for (number, batch) in whole.enumerated() {
      let parts = slices.map { $0[number] }
      #expect(parts.flatMap(\.pixels) == batch.pixels)
      #expect(parts.flatMap(\.radiographIDs) == batch.radiographIDs)
      #expect(parts.flatMap(\.targets) == batch.targets && parts.flatMap(\.mask) == batch.mask)
    }
  }

  @Test("Pixels are those of the image in the range that is asked for")
  func scalesPixels() throws {
    let list = try MadeUpImages.list(3)
    let examples = ExampleSet(list)
    let plan = examples.plan(epoch: 0, batchSize: 3, order: .numbered)
    let unit = RangedImage<UnitRange>(try MadeUpPixels().image(at: 1))
    func second(_ channels: Int, _ scale: PixelInput.Scale) throws -> [Float] {
      let batch = try BatchLoader(examples, input: PixelInput(channels: channels, scale: scale))
        .batch(0, of: plan)
      #expect(batch.pixelShape == [3, channels, 8, 8])
      return Array(batch.pixels[64 * channels..<128 * channels])
    }
    #expect(try second(1, .unit) == Array(unit.pixels))
    #expect(try second(3, .unit) == Array(unit.pixels + unit.pixels + unit.pixels))
    #expect(try second(1, .xrv) == Array(RangedImage<XRVRange>(unit).pixels))
    #expect(try second(1, .signedUnit) == Array(RangedImage<SignedUnitRange>(unit).pixels))
    #expect(
      try second(3, .standardized(Standardization.imageNet))
        == Standardization.imageNet.flatMap { unit.standardized(by: $0).pixels })
  }

  @Test("Targets and masks are those of the list")
  func givesTargets() throws {
    let list = try MadeUpImages.list(12)
    let examples = ExampleSet(list)
    let batch = try BatchLoader(examples, input: PixelInput(channels: 1, scale: .unit))
      .batch(1, of: examples.plan(epoch: 0, batchSize: 5, order: .numbered))
    #expect(batch.radiographIDs == [6, 7, 8, 9, 10])
    #expect(batch.targets == [0, 0, 1, 1, 0, 0, 0, 1, 1, 0])
    #expect(batch.mask == [1, 0, 1, 1, 1, 1, 1, 1, 1, 1])
    #expect(batch.targetShape == [5, 2])
  }

  @Test("An image is changed in another way in each epoch, and each time that it is drawn")
  func augmentsAnew() throws {
    let list = try MadeUpImages.list(1)
    let synthetic = try MadeUpImages.list(9, firstID: 1_000)
    let examples = try ExampleSet(
      real: list, synthetic: synthetic, mix: TrainingMix("mixed:9:1+replacement"), seed: 7)
    let loader = BatchLoader(examples, input: Self.augmented)
    let pictures = try (0..<2).flatMap { epoch -> [ArraySlice<Float>] in
      let batch = try loader.batch(0, of: examples.plan(epoch: epoch, batchSize: 10))
      return batch.sources.indices.filter { batch.sources[$0] == .real }
        .map { batch.pixels[$0 * 64..<($0 + 1) * 64] }
    }
    #expect(pictures.count == 18 && Set(pictures.map(Array.init)).count == 18)
  }

  @Test("A random crop decides the size")
  func crops() throws {
    var input = PixelInput(channels: 1, scale: .unit)
    input.augmentation = Augmentation()
    input.augmentation?.crop = RandomCrop(side: 5)
    let examples = ExampleSet(try MadeUpImages.list(4))
    let batch = try BatchLoader(examples, input: input)
      .batch(0, of: examples.plan(epoch: 0, batchSize: 4))
    #expect(batch.pixelShape == [4, 1, 5, 5] && batch.pixels.count == 100)
  }

  @Test("An image that cannot be read is named, after the batches before it", arguments: [1, 4])
  func namesUnreadableImage(_ workers: Int) async throws {
    // Row 13 is image 6 of 20.
    let list = try MadeUpImages.list(20, pixels: MadeUpPixels(unreadable: [6]))
    let examples = ExampleSet(list)
    let loader = BatchLoader(
      examples, input: PixelInput(channels: 1, scale: .unit), workers: workers)
    var numbers: [Int] = []
    let error = await #expect(throws: TrainingDataError.self) {
      try await loader.forEachBatch(of: examples.plan(epoch: 0, batchSize: 4, order: .numbered)) {
        numbers.append($0.number)
      }
    }
    #expect(numbers == [0, 1, 2])
    #expect(error?.code == .unreadableImage)
    #expect(error?.message.contains("place 6, radiograph 14") == true)
    #expect(error?.cause is ImageError)
  }

  private struct Stop: Error {}

  @Test("Workers end when the closure throws", arguments: [1, 4])
  func endsOnError(_ workers: Int) async throws {
    let examples = try examples()
    let loader = BatchLoader(examples, input: Self.augmented, workers: workers)
    var numbers: [Int] = []
    await #expect(throws: Stop.self) {
      try await loader.forEachBatch(of: examples.plan(epoch: 0, batchSize: 4)) { batch in
        numbers.append(batch.number)
        if batch.number == 3 { throw Stop() }
      }
    }
    #expect(numbers == [0, 1, 2, 3])
  }

  private static func cancelCurrentTask() { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }

  @Test("Workers end when the task is cancelled")
  func endsOnCancellation() async throws {
    let examples = try examples()
    let loader = BatchLoader(examples, input: Self.augmented, workers: 3)
    let plan = examples.plan(epoch: 0, batchSize: 2)
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await #expect(throws: CancellationError.self) {
          try await loader.forEachBatch(of: plan) { batch in
            if batch.number == 2 { Self.cancelCurrentTask() }
            #expect(batch.number <= 2)
          }
        }
      }
    }
  }

  @MainActor
  @Test("The closure runs where the caller runs")
  func runsOnCaller() async throws {
    let examples = try examples()
    let loader = BatchLoader(examples, input: Self.augmented, workers: 3)
    var count = 0
    try await loader.forEachBatch(of: examples.plan(epoch: 0, batchSize: 8)) { _ in
      MainActor.assertIsolated()
      count += 1
    }
    #expect(count == 13)
  }

  @Test("The closure stays on the thread of an actor that has one")
  func staysOnThread() async throws {
    #expect(try await ThreadActor().threads(of: examples()) == 1)
  }

  @Test("No batch is given when there is none left")
  func givesNone() async throws {
    let examples = try examples()
    let plan = examples.plan(epoch: 0, batchSize: 8)
    let loader = BatchLoader(examples, input: Self.augmented)
    #expect(try await batches(loader, plan, from: plan.batchCount).isEmpty)
  }
}
