// SPDX-License-Identifier: Apache-2.0

/// A curve on a fixed grid with pointwise intervals, for figures.
public struct CurveBand: Sendable {
  /// The grid: false-positive rates of an ROC curve, recalls of a precision–recall curve.
  public let grid: [Double]
  /// The curve of the sample at each grid point.
  public let estimate: [Double]
  /// The lower end of the interval at each grid point.
  public let lower: [Double]
  /// The upper end of the interval at each grid point.
  public let upper: [Double]

  /// Takes quantiles at each grid point.
  ///
  /// - Parameters:
  ///   - points: The distribution at each grid point.
  ///   - confidence: The nominal coverage at each point.
  /// - Throws: ``StatisticsError`` as ``BootstrapInterval``.
  init(_ points: [ResampledDistribution], confidence: Double) throws(StatisticsError) {
    var intervals: [Interval] = []
    for point in points {
      intervals.append(try BootstrapInterval(point, confidence: confidence).interval)
    }
    grid = points.indices.map { Double($0) / Double(points.count - 1) }
    estimate = points.map { $0.estimate ?? .nan }
    lower = intervals.map(\.lower)
    upper = intervals.map(\.upper)
  }
}
