// SPDX-License-Identifier: Apache-2.0
public import CXRTensor
internal import CXRTraining

/// Gives what a model says of images.
///
///     let predictor = Predictor(try ModelFile(path: "runs/real/best"))
///     let predictions = try await predictor.predictions(of: images)
///     predictions.values[0][3]  // of the first output for the fourth image
public struct Predictor: Sendable {
  /// The model.
  public let file: ModelFile
  /// Where it computes.
  public var device = Device.cpu
  /// The images that are given to the network together; it changes the time, and the last digits.
  public var batchSize = 64
  /// How many batches are prepared at the same time.
  public var workers = 1

  /// Prepares predictions.
  ///
  /// - Parameter file: The model.
  public init(_ file: ModelFile) { self.file = file }

  /// Predicts.
  ///
  /// - Parameters:
  ///   - images: The images; their labels do not matter.
  ///   - progress: Called with the number of images that are done.
  /// - Returns: The numbers, in the order of the images.
  /// - Throws: What loading the model throws; `TrainingDataError` with code `.unfitSources` for
  ///   images of another size and `.unreadableImage`; `TensorError` with code `.nonFinite` or
  ///   `.refused` for what is no result; `CancellationError`.
  @TensorActor public func predictions(
    of images: LabelledImages, progress: @Sendable (Int) -> Void = { _ in }
  ) async throws -> Predictions {
    let model = try file.model(on: device)
    guard model.imageSide.admits(images.pixels.side) else {
      throw TrainingDataError(
        .unfitSources,
        "The model in \(file.path) takes images of \(model.imageSide), and these have "
          + "\(images.pixels.side); build a store with --side \(model.imageSide.pixels).")
    }
    let examples = ExampleSet(images)
    let plan = examples.plan(epoch: 0, batchSize: batchSize, order: .numbered)
    let loader = BatchLoader(examples, input: model.preparation, workers: workers)
    let outputs = model.outputs
    var values = [[Double]](repeating: [], count: outputs.count)
    try await loader.forEachBatch(of: plan) { batch in
      let pictures = try Tensor(batch.pixels, shape: batch.pixelShape).converted(on: device)
      let numbers = try withInference { () throws(TensorError) in try model.values(for: pictures) }
      precondition(numbers.count == batch.count * outputs.count, "a number for each output")
      for (position, number) in numbers.enumerated() {
        let output = position % outputs.count
        guard number.isFinite else {
          throw TensorError(
            .nonFinite,
            "the model in \(file.path) gives no number for \(outputs[output].columnName)")
        }
        values[output].append(number)
      }
      progress(values[0].count)
    }
    return Predictions(outputs: outputs, values: values, notes: model.notes)
  }
}
