// SPDX-License-Identifier: Apache-2.0
public import CXRStatistics

extension CheckpointScore {
  /// Computes measures from numbers of images, with intervals from drawing patients anew.
  ///
  /// All measures see the same draws. What is of a whole set, such as a Fréchet distance, has no
  /// interval: it is biased in the number of distinct images, which a resample has fewer of.
  ///
  /// - Parameters:
  ///   - name: What people call the set.
  ///   - columns: The numbers, each measure once.
  ///   - findings: The measures that ``ScoreMeasure/meanAUROC`` is the mean of; `nil` for no mean.
  ///   - plan: The draws; its table has a row for each image.
  ///   - threads: How many draws are worked on at the same time; it changes the time only.
  /// - Throws: `StatisticsError` with code `.nonFinite`; `CancellationError`.
  public init(
    _ name: String, columns: [ScoreColumn], averaging findings: [ScoreMeasure]?,
    plan: ResamplingPlan, threads: Int = 1
  ) async throws {
    var values: [ScoreMeasure: Double] = [:]
    var reasons: [ScoreMeasure: String] = [:]
    var distributions: [ScoreMeasure: ResampledDistribution] = [:]
    var (rankings, ranked): ([RankedScores], [ScoreMeasure]) = ([], [])
    var (means, averaged): ([Bootstrap.Column], [ScoreMeasure]) = ([], [])
    var squared: Set<ScoreMeasure> = []
    for column in columns {
      switch column.values {
      case .undefined(let reason): reasons[column.measure] = reason
      case .whole(let value): values[column.measure] = value
      case .ranking(let scores, let labels):
        rankings.append(try RankedScores(scores: scores, labels: labels, rows: column.rows))
        ranked.append(column.measure)
      case .mean(let numbers):
        means.append(.init(numbers, rows: column.rows))
        averaged.append(column.measure)
      case .rootMeanSquare(let numbers):
        means.append(.init(numbers.map { $0 * $0 }, rows: column.rows))
        averaged.append(column.measure)
        squared.insert(column.measure)
      }
    }
    let bootstrap = Bootstrap(plan)
    let areas = try await bootstrap.distributions(of: rankings, threads: threads).auroc
    for (measure, area) in zip(ranked, areas) { distributions[measure] = area }
    for (measure, mean) in zip(averaged, try await bootstrap.means(of: means, threads: threads)) {
      distributions[measure] =
        squared.contains(measure) ? .combining([mean]) { $0[0].squareRoot() } : mean
    }
    if let findings {
      let parts = findings.compactMap { distributions[$0] }
      if findings.isEmpty {
        reasons[.meanAUROC] = "no finding has an AUROC in all checkpoints"
      } else if parts.count < findings.count {
        reasons[.meanAUROC] = "not every finding of the checkpoints' mean has an AUROC here"
      } else {
        distributions[.meanAUROC] = .combining(parts) { $0.reduce(0, +) / Double($0.count) }
      }
    }
    var intervals: [ScoreMeasure: Interval] = [:]
    for (measure, distribution) in distributions {
      values[measure] = distribution.estimate
      guard plan.resampleCount > 0 else { continue }
      do throws(StatisticsError) {
        intervals[measure] = try BootstrapInterval(distribution).interval
      } catch {
        reasons[measure] = "no interval: \(error.message)"
      }
    }
    self.init(
      name, imageCount: plan.rowCount, values: values, reasons: reasons, intervals: intervals)
  }
}
