// SPDX-License-Identifier: Apache-2.0

/// How well a classifier does on images that it does not learn from.
public struct ValidationResult: Hashable, Codable, Sendable {
  /// The mean loss over all known labels.
  public let loss: Double
  /// The area under the ROC curve of each finding, in the order of the outputs; `nil` where the
  /// images have one class only.
  public let aurocs: [Double?]

  /// The mean over the labels that are defined; `nil` if none is.
  public var meanAUROC: Double? {
    let defined = aurocs.compactMap(\.self)
    return defined.isEmpty ? nil : defined.reduce(0, +) / Double(defined.count)
  }

  /// Whether weights with this result are kept in place of those with another one: for a larger mean
  /// AUROC or, where few images make many means equal, for the same with a smaller loss.
  ///
  /// - Parameter other: The best result so far; `nil` before the first.
  /// - Returns: Whether this one is better.
  func isBetter(than other: ValidationResult?) -> Bool {
    guard let other else { return true }
    let (mean, otherMean) = (meanAUROC ?? 0, other.meanAUROC ?? 0)
    return mean > otherMean || mean == otherMean && loss < other.loss
  }

  /// How many labels are in the mean.
  public var definedCount: Int { aurocs.count { $0 != nil } }
}
