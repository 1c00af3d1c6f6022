// SPDX-License-Identifier: Apache-2.0

/// Precision against recall at every distinct score as threshold.
///
/// A radiograph counts as positive when its score is at least the threshold.
///
/// - SeeAlso: Davis & Goadrich, *ICML* 2006, <https://doi.org/10.1145/1143844.1143874>.
public struct PrecisionRecallCurve: Hashable, Sendable {
  /// Precision and recall at one threshold.
  public struct Point: Hashable, Sendable {
    /// The threshold.
    public let threshold: Double
    /// The share of positives at or above the threshold.
    public let recall: Double
    /// The share of positives among those at or above the threshold.
    public let precision: Double
  }

  /// The points by descending threshold, that is by ascending recall.
  public let points: [Point]

  /// Traces the curve.
  ///
  /// - Parameter ranked: The sorted scores.
  /// - Throws: ``StatisticsError`` with code `.empty` or `.noPositives`.
  /// - Complexity: O(*n*).
  public init(_ ranked: RankedScores) throws(StatisticsError) {
    try ranked.requirePositives(for: "The precision-recall curve")
    let positives = Double(ranked.positiveCount)
    points = ranked.ties.map { tie in
      Point(
        threshold: tie.score, recall: Double(tie.truePositives) / positives,
        precision: Double(tie.truePositives) / Double(tie.predictedPositives))
    }
  }

  /// The area when the points are joined by straight lines from (recall 0, precision 1).
  ///
  /// Such lines are not attainable, and the area flatters coarse scores; it is here to compare with
  /// publications that used it. ``AveragePrecision`` is the usual summary.
  ///
  /// - Complexity: O(*n*).
  public var trapezoidArea: Double {
    var area = CompensatedSum()
    var previous = (recall: 0.0, precision: 1.0)
    for point in points {
      area.add((point.recall - previous.recall) * (point.precision + previous.precision) / 2)
      previous = (point.recall, point.precision)
    }
    return area.value
  }
}
