// SPDX-License-Identifier: Apache-2.0

/// The area under a part of the ROC curve, between two specificities.
///
///     try PartialAUROC(ranked, specificity: 0.9...1).standardized
///
/// - SeeAlso: McClish, *Medical Decision Making* 9 (1989),
///   <https://doi.org/10.1177/0272989X8900900307>.
public struct PartialAUROC: Hashable, Sendable {
  /// The area itself, between 0 and the width of the range.
  public let raw: Double
  /// McClish's rescaling: 1 for a perfect curve, 0.5 for the diagonal, below it for worse.
  public let standardized: Double

  /// Computes the area by the trapezoid rule, interpolating at the ends of the range.
  ///
  /// - Parameters:
  ///   - ranked: The sorted scores.
  ///   - specificity: The range of specificities, within 0 ... 1 and not a single point.
  /// - Throws: ``StatisticsError`` with code `.invalidArgument` for another range, `.empty`,
  ///   `.noPositives` or `.noNegatives`.
  /// - Complexity: O(*n*).
  public init(
    _ ranked: RankedScores, specificity: ClosedRange<Double>
  ) throws(StatisticsError) {
    let (low, high) = (1 - specificity.upperBound, 1 - specificity.lowerBound)
    guard low >= 0, high <= 1, low < high else {
      throw StatisticsError(
        .invalidArgument, "The specificities \(specificity) must span a range within 0...1.")
    }
    let points = try ROCCurve(ranked).points
    var area = CompensatedSum()
    for (start, end) in zip(points, points.dropFirst()) where end.fpr > start.fpr {
      let (left, right) = (max(start.fpr, low), min(end.fpr, high))
      guard left < right else { continue }
      let slope = (end.tpr - start.tpr) / (end.fpr - start.fpr)
      let middle = start.tpr + slope * ((left + right) / 2 - start.fpr)
      area.add((right - left) * middle)
    }
    raw = area.value
    let chance = (high - low) * (high + low) / 2
    standardized = (1 + (raw - chance) / (high - low - chance)) / 2
  }
}
