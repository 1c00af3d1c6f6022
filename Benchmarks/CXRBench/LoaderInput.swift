// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRImage
import CXRTraining

/// An epoch of batches of 32 from a store, as training asks for it.
struct LoaderInput: Sendable {
  private let loader: BatchLoader
  private let plan: EpochPlan

  /// Opens a store.
  ///
  /// - Parameters:
  ///   - folder: The folder of the store.
  ///   - count: The images of the epoch; those of the store are taken again and again.
  ///   - isAugmented: Whether images are mirrored, turned, and changed in brightness and contrast.
  ///   - workers: How many batches are prepared at the same time.
  /// - Throws: `ImageError` or `FileError` if there is no intact store.
  init(store folder: String, count: Int, isAugmented: Bool, workers: Int) throws {
    let store = try ImageStore(folder: folder)
    let ids = (0..<count).map { Int64($0) }
    let images = try LabelledImages(
      labels: .findings(.edema, .pneumonia), radiographIDs: ids, patientIDs: ids,
      pixelIndices: (0..<count).map { $0 % store.radiographs.count },
      targets: (0..<2 * count).map { $0 % 3 == 0 ? 1 : 0 }, pixels: store)
    let examples = ExampleSet(images, seed: 7)
    var input = PixelInput(
      channels: 1, scale: .standardized([Standardization(mean: 0.5, standardDeviation: 0.25)]))
    if isAugmented {
      var augmentation = Augmentation()
      augmentation.flipProbability = 0.5
      augmentation.rotationDegrees = 10
      augmentation.brightness = 0.2
      augmentation.contrast = 0.2
      input.augmentation = augmentation
    }
    loader = BatchLoader(examples, input: input, workers: workers)
    plan = examples.plan(epoch: 0, batchSize: 32)
  }

  /// Prepares every batch; the sum keeps the compiler from leaving out the pixels.
  func epoch() async throws -> Float {
    var sum: Float = 0
    try await loader.forEachBatch(of: plan) { sum += $0.pixels[$0.pixels.count / 2] }
    return sum
  }
}
