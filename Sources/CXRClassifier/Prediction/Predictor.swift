// SPDX-License-Identifier: Apache-2.0
public import CXRCore
public import CXRTensor
internal import Foundation

/// Gives the probabilities of a classifier for images.
///
///     let predictor = Predictor(folder: "runs/real/best")
///     let predictions = try await predictor.predictions(of: images)
///     predictions.probabilities[0][3]  // of the first finding for the fourth image
public struct Predictor: Sendable {
  /// What a classifier says of images.
  public struct Predictions: Sendable {
    /// The findings, in the order of the classifier's outputs.
    public let findings: [Finding]
    /// A probability for each finding and image, shape `[findings, images]`.
    public let probabilities: [[Double]]
  }

  /// The folder of the classifier.
  public let folder: String
  /// Where it computes.
  public var device = Device.cpu
  /// The images that are given to the network together; it changes the time, and the last digits.
  public var batchSize = 64
  /// How many batches are prepared at the same time.
  public var workers = 1

  /// Prepares predictions.
  ///
  /// - Parameter folder: The folder that `Classifier.write(to:)` made.
  public init(folder: String) { self.folder = folder }

  /// Predicts.
  ///
  /// - Parameters:
  ///   - images: The images; their labels do not matter.
  ///   - progress: Called with the number of images that are done.
  /// - Returns: The probabilities, in the order of the images.
  /// - Throws: What reading the classifier throws; ``TrainingDataError`` with code `.unfitSources`
  ///   for images of another size and `.unreadableImage`; `TensorError` with code `.nonFinite`;
  ///   `CancellationError`.
  @TensorActor public func predictions(
    of images: LabelledImages, progress: @Sendable (Int) -> Void = { _ in }
  ) async throws -> Predictions {
    let classifier = try Classifier(folder: folder, on: device)
    let description = classifier.description
    guard images.pixels.side == description.side else {
      throw TrainingDataError(
        .unfitSources,
        "The classifier in \(folder) takes images of \(description.side) pixels a side, and these "
          + "have \(images.pixels.side); build a store with --side \(description.side).")
    }
    let examples = ExampleSet(images)
    let plan = examples.plan(epoch: 0, batchSize: batchSize, order: .numbered)
    let loader = BatchLoader(examples, input: description.input, workers: workers)
    var probabilities = [[Double]](repeating: [], count: description.findings.count)
    try await loader.forEachBatch(of: plan) { batch in
      let pictures = try Tensor(batch.pixels, shape: batch.pixelShape).converted(on: device)
      let logits = try withInference { () throws(TensorError) in
        try classifier.logits(pictures, .evaluation).values(as: Double.self)
      }
      for (position, logit) in logits.enumerated() {
        guard logit.isFinite else {
          throw TensorError(
            .nonFinite,
            "the classifier in \(folder) gives no number for \(description.findings[position % description.findings.count].name)"
          )
        }
        probabilities[position % description.findings.count].append(1 / (1 + exp(-logit)))
      }
      progress(min(plan.count, (batch.number + 1) * batchSize))
    }
    return Predictions(findings: description.findings, probabilities: probabilities)
  }
}
