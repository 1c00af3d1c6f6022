// SPDX-License-Identifier: Apache-2.0

/// A factor of the learning rate that falls when a measure no longer improves.
///
///     var plateau = PlateauFactor(.maximize, patience: 3)
///     plateau.observe(auroc)
///     let rate = schedule.rate(at: step) * plateau.factor
///
/// The rules are those of PyTorch's `ReduceLROnPlateau`. The whole value is its state, to be saved.
public struct PlateauFactor: Hashable, Codable, Sendable {
  /// Which measures are better.
  public enum Goal: String, Codable, Sendable {
    /// Small ones, such as a loss.
    case minimize
    /// Large ones, such as an AUROC.
    case maximize
  }

  /// Which measures are better.
  public let goal: Goal
  /// What the factor is multiplied by on a plateau; at least 0 and below 1.
  public let reduction: Double
  /// How many measures in a row may fail to improve.
  public let patience: Int
  /// The share of the best measure by which a better one must differ.
  public let threshold: Double
  /// How many measures after a reduction are not held against it.
  public let cooldown: Int
  /// The smallest factor.
  public let minimum: Double

  /// What the learning rate is multiplied by.
  public private(set) var factor = 1.0
  /// The best measure; `nil` before the first.
  public private(set) var best: Double?
  private var failures = 0
  private var restLeft = 0

  /// Creates a factor of 1.
  ///
  /// - Precondition: `reduction` is at least 0 and below 1; the counts, `threshold` and `minimum` are not
  ///   negative.
  public init(
    _ goal: Goal, reduction: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4,
    cooldown: Int = 0, minimum: Double = 0
  ) {
    precondition((0..<1).contains(reduction), "a reduction by \(reduction)")
    precondition(patience >= 0 && cooldown >= 0, "counts are not negative")
    precondition(threshold >= 0 && minimum >= 0, "threshold and minimum are not negative")
    self.goal = goal
    self.reduction = reduction
    self.patience = patience
    self.threshold = threshold
    self.cooldown = cooldown
    self.minimum = minimum
  }

  /// Takes a measure into account; NaN is no improvement.
  public mutating func observe(_ measure: Double) {
    if isBetter(measure) {
      best = measure
      failures = 0
    } else {
      failures += 1
    }
    if restLeft > 0 {
      restLeft -= 1
      failures = 0
    }
    if failures > patience {
      factor = max(factor * reduction, minimum)
      restLeft = cooldown
      failures = 0
    }
  }

  private func isBetter(_ measure: Double) -> Bool {
    guard let best else { return !measure.isNaN }
    return switch goal {
    case .minimize: measure < best * (1 - threshold)
    case .maximize: measure > best * (1 + threshold)
    }
  }
}
