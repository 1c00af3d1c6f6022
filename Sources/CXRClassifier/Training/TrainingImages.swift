// SPDX-License-Identifier: Apache-2.0
public import CXRTraining

/// The images of a training run.
public struct TrainingImages: Sendable {
  /// The real images to learn from; `nil` if the strategy needs none.
  public let real: LabelledImages?
  /// The synthetic images to learn from; `nil` if the strategy needs none.
  public let synthetic: LabelledImages?
  /// The images that choose the best weights and end the training.
  public let validation: LabelledImages

  /// Puts the images together.
  ///
  /// - Throws: `TrainingDataError` with code `.sharedPatient` if a patient to learn from is among
  ///   those for validation, `.noTargets` if no finding has both classes among those.
  public init(
    real: LabelledImages?, synthetic: LabelledImages?, validation: LabelledImages
  ) throws(TrainingDataError) {
    for images in [real, synthetic].compactMap(\.self) {
      try images.requireNoPatient(of: validation, called: "validation")
    }
    guard validation.targetCounts.contains(where: { $0.positive > 0 && $0.negative > 0 }) else {
      throw TrainingDataError(
        .noTargets,
        "No finding is positive in one image for validation and negative in another, so the best "
          + "weights cannot be told; choose a larger part, or another label policy.")
    }
    self.real = real
    self.synthetic = synthetic
    self.validation = validation
  }
}
