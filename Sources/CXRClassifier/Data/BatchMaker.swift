// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRImage
internal import CXRTraining

/// Prepares batches of one epoch, each by itself.
struct BatchMaker: Sendable {
  let examples: ExampleSet
  let input: any PicturePreparation
  let plan: EpochPlan
  private let epochExamples: [ExampleSet.Example]
  private let epochStream: RandomStream

  init(examples: ExampleSet, input: any PicturePreparation, plan: EpochPlan) {
    self.examples = examples
    self.input = input
    self.plan = plan
    epochExamples = examples.examples(epoch: plan.epoch)
    epochStream = RandomStream(seed: examples.seed, purpose: "train.augment", index: plan.epoch)
  }

  /// Prepares a batch.
  ///
  /// - Throws: `TrainingDataError` with code `.unreadableImage`, or `CancellationError`.
  func batch(_ number: Int) throws -> ImageBatch {
    let chosen = plan.positions(ofBatch: number).map { epochExamples[$0] }
    let side = input.side(ofImages: examples.side)
    let planeLength = side * side
    var pixels = [Float](repeating: 0, count: chosen.count * input.channels * planeLength)
    var output = pixels.mutableSpan
    var ids: [Int64] = []
    var targets: [Float] = []
    var mask: [Float] = []
    for (position, example) in chosen.enumerated() {
      try Task.checkCancellation()
      guard let list = examples.images(of: example.source) else { continue }
      let planes = try planes(of: example, in: list)
      for channel in 0..<input.channels {
        let values = planes[planes.count == 1 ? 0 : channel]
        let plane = values.span
        let start = (position * input.channels + channel) * planeLength
        for index in 0..<planeLength { output[start &+ index] = plane[index] }
      }
      ids.append(list.radiographIDs[example.row])
      for target in list.targets(at: example.row) {
        targets.append(target == 1 ? 1 : 0)
        mask.append(target == LabelledImages.ignored ? 0 : 1)
      }
    }
    return ImageBatch(
      number: number, labels: examples.labels, radiographIDs: ids,
      sources: chosen.map(\.source), pixels: pixels,
      pixelShape: [chosen.count, input.channels, side, side], targets: targets, mask: mask)
  }

  private func planes(
    of example: ExampleSet.Example, in list: LabelledImages
  ) throws(TrainingDataError) -> [ContiguousArray<Float>] {
    let index = list.pixelIndices[example.row]
    do {
      let image = try list.pixels.image(at: index)
      guard image.width == list.pixels.side, image.height == list.pixels.side else {
        throw ImageError(
          .unfitSize,
          "The image is \(image.width) by \(image.height) pixels, not \(list.pixels.side) square.")
      }
      return try input.planes(
        of: image, seed: epochStream.word(at: example.repetition),
        index: Int(list.radiographIDs[example.row]))
    } catch {
      throw TrainingDataError(
        .unreadableImage,
        "The image in \(list.pixels.place(of: index)), radiograph "
          + "\(list.radiographIDs[example.row]) of the catalog, cannot be prepared; build the store "
          + "again.", cause: error)
    }
  }
}
