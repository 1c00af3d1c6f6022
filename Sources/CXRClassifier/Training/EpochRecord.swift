// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// What an epoch came to.
public struct EpochRecord: Hashable, Codable, Sendable {
  /// The number of the stage, from 0.
  public let stage: Int
  /// The number of the epoch, from 0, counted on from stage to stage.
  public let epoch: Int
  /// The steps made until its end, counted on from stage to stage.
  public let step: Int
  /// The learning rate of its last step.
  public let learningRate: Double
  /// The mean loss over the labels that were learned, before each step.
  public let trainingLoss: Double
  /// The results on the images for validation.
  public let validation: ValidationResult
  /// Whether these are the best weights of the stage so far.
  public let isBest: Bool
  /// The seconds that learning took, without validation.
  public let seconds: Double
  /// The images that were learned from.
  public let imageCount: Int
}

/// How well a classifier does on images that it does not learn from.
public struct ValidationResult: Hashable, Codable, Sendable {
  /// The mean loss over all known labels.
  public let loss: Double
  /// The area under the ROC curve of each finding, in the order of the outputs; `nil` where the
  /// images have one class only.
  public let aurocs: [Double?]

  /// The mean over the findings that are defined; `nil` if none is.
  public var meanAUROC: Double? {
    let defined = aurocs.compactMap(\.self)
    return defined.isEmpty ? nil : defined.reduce(0, +) / Double(defined.count)
  }

  /// How many findings are in the mean.
  public var definedCount: Int { aurocs.count { $0 != nil } }
}
