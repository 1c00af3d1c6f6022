// SPDX-License-Identifier: Apache-2.0
public import CXRCore
internal import CXRStatistics

/// Traces the curves of every model on every label that has both classes, for figures.
public struct ModelCurves: Sendable {
  private let table: PredictionTable
  private let options: EvaluationOptions

  /// Prepares the curves.
  ///
  /// - Parameters:
  ///   - table: The predictions.
  ///   - options: The choices that decide the bands.
  public init(_ table: PredictionTable, options: EvaluationOptions) {
    self.table = table
    self.options = options
  }

  /// Traces the curves on a grid of 101 points, with pointwise bands from at most 300 resamples.
  ///
  /// - Returns: The curves by label, then model; without bands when no bootstrap was asked for.
  /// - Throws: `StatisticsError` with code `.nonFinite` if a score is not finite, or
  ///   `CancellationError`.
  /// - Complexity: O(*models* · *labels* · *n*) per resample.
  public func curves() async throws -> [CurveSet] {
    var cells: [(model: String, cell: EvaluatedLabel)] = []
    for label in table.labels.indices {
      for model in table.models.indices {
        let cell = try EvaluatedLabel(
          label: label, model: model, in: table, policy: options.labelPolicy)
        guard cell.ranked.positiveCount > 0, cell.ranked.negativeCount > 0 else { continue }
        cells.append((table.models[model].name, cell))
      }
    }
    let bands =
      options.resampleCount == 0
      ? []
      : try await Bootstrap(options.plan(for: table)).curveBands(
        of: cells.map(\.cell.ranked), threads: options.threads)
    return try cells.indices.map { index in
      let ranked = cells[index].cell.ranked
      return CurveSet(
        model: cells[index].model, label: cells[index].cell.name,
        roc: try points(bands.isEmpty ? nil : bands[index].roc) { try Self.roc(ranked) },
        precisionRecall: try points(bands.isEmpty ? nil : bands[index].precisionRecall) {
          try Self.precisionRecall(ranked)
        },
        calibration: Self.calibration(cells[index].cell.scored),
        prevalence: Double(ranked.positiveCount) / Double(ranked.count))
    }
  }

  /// The points of a band, or of the bare curve where there is no band.
  private func points(
    _ band: Result<CurveBand, StatisticsError>?, orBare bare: () throws -> [CurveSet.Point]
  ) throws -> [CurveSet.Point] {
    guard case .success(let band) = band else { return try bare() }
    return band.grid.indices.map { index in
      CurveSet.Point(
        x: band.grid[index], y: band.estimate[index], lower: band.lower[index],
        upper: band.upper[index])
    }
  }

  private static let grid = (0...100).map { Double($0) / 100 }

  /// The highest true-positive rate at or before each false-positive rate.
  private static func roc(_ ranked: RankedScores) throws -> [CurveSet.Point] {
    let points = try ROCCurve(ranked).points
    var next = 0
    return grid.map { x in
      while next + 1 < points.count, points[next + 1].fpr <= x { next += 1 }
      return CurveSet.Point(x: x, y: points[next].tpr)
    }
  }

  /// The precision of the highest threshold that reaches each recall.
  private static func precisionRecall(_ ranked: RankedScores) throws -> [CurveSet.Point] {
    let points = try PrecisionRecallCurve(ranked).points
    var next = 0
    return grid.map { x in
      while next + 1 < points.count, points[next].recall < x { next += 1 }
      return CurveSet.Point(x: x, y: points[next].precision)
    }
  }

  private static func calibration(
    _ scored: Result<ScoredLabel, EvaluationError>
  ) -> [CurveSet.CalibrationBin] {
    guard let scored = try? scored.get(),
      let error = try? ExpectedCalibrationError(
        probabilities: scored.scores, labels: scored.targets)
    else { return [] }
    return error.bins.compactMap { bin in
      guard let score = bin.meanPrediction, let observed = bin.observedFrequency else { return nil }
      return CurveSet.CalibrationBin(meanScore: score, observed: observed, n: bin.count)
    }
  }
}
