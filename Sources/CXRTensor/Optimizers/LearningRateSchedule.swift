// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The learning rate as a function of how many steps an optimizer has made.
///
///     let schedule = LearningRateSchedule(.cosine(), peak: 1e-4, warmup: 500, total: 20_000)
///     schedule.rate(at: 250)  // 5e-5
///
/// Shapes and numbers are those of diffusers. Steps are counted from 0, as the optimizer makes them,
/// whatever the number of batches and of processes.
public struct LearningRateSchedule: Hashable, Codable, Sendable {
  /// The course of the rate after the warm-up.
  public enum Shape: Hashable, Codable, Sendable {
    /// The peak, from the end of the warm-up on.
    case constant
    /// A straight line to 0.
    case linear
    /// A cosine of so many periods; half a period ends at 0.
    case cosine(cycles: Double = 0.5)
    /// So many half periods of a cosine, each from the peak to 0.
    case cosineWithRestarts(cycles: Int = 1)
    /// A line, bent by a power, to a rate of its own.
    case polynomial(power: Double = 1, end: Double = 1e-7)
  }

  /// The course of the rate after the warm-up.
  public var shape: Shape
  /// The highest rate, above 0.
  public var peak: Double
  /// How many steps the rate rises for, in a line from 0; not negative.
  public var warmup: Int
  /// How many steps there are with the warm-up; the rate stays as it is after them.
  public var total: Int

  /// Creates a schedule.
  ///
  /// - Parameters:
  ///   - shape: The course of the rate after the warm-up.
  ///   - peak: The highest rate, above 0.
  ///   - warmup: How many steps the rate rises for.
  ///   - total: How many steps there are with the warm-up; a constant rate does not need it.
  /// - Precondition: `peak` is above 0, `warmup` not negative; there are steps after the warm-up.
  public init(_ shape: Shape, peak: Double, warmup: Int = 0, total: Int? = nil) {
    let total = total ?? warmup + 1
    precondition(peak > 0, "a rate is above 0")
    precondition(
      warmup >= 0 && total > warmup, "a schedule of \(total) steps, \(warmup) to warm up")
    self.shape = shape
    self.peak = peak
    self.warmup = warmup
    self.total = total
  }

  /// The rate of a step, counted from 0.
  public func rate(at step: Int) -> Double { peak * factor(at: step) }

  /// The rate of a step as a multiple of the peak.
  public func factor(at step: Int) -> Double {
    if step < warmup { return Double(step) / Double(warmup) }
    let progress = min(1, Double(step - warmup) / Double(total - warmup))
    switch shape {
    case .constant: return 1
    case .linear: return 1 - progress
    case .cosine(let cycles): return max(0, 0.5 * (1 + cos(.pi * cycles * 2 * progress)))
    case .cosineWithRestarts(let cycles):
      if progress >= 1 { return 0 }
      let part = (Double(cycles) * progress).truncatingRemainder(dividingBy: 1)
      return max(0, 0.5 * (1 + cos(.pi * part)))
    case .polynomial(let power, let end):
      return ((peak - end) * pow(1 - progress, power) + end) / peak
    }
  }
}
