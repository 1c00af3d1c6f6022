// SPDX-License-Identifier: Apache-2.0
internal import CXRStatistics

/// The comparisons of one pair of models.
struct PairComparison: Sendable {
  private let pair: ModelComparison.Pair
  private let patients: [Int]
  private let plan: ResamplingPlan
  private let options: EvaluationOptions
  private let estimator: IntervalEstimator
  /// The positions of the labels that both models score.
  private let compared: [(label: Int, column: ComparedLabel)]

  init(
    _ pair: ModelComparison.Pair, patients: [Int], plan: ResamplingPlan,
    options: EvaluationOptions
  ) {
    self.pair = pair
    self.patients = patients
    self.plan = plan
    self.options = options
    self.estimator = IntervalEstimator(options: options, patients: patients)
    self.compared = pair.labels.enumerated().compactMap { index, label in
      (try? label.get()).map { (index, $0) }
    }
  }

  /// AUROC by label and in the mean, then average precision likewise.
  func comparisons(
    progress: (@Sendable (Int) -> Void)?
  ) async throws -> [ComparisonDocument.Comparison] {
    let resampled = try await Bootstrap(plan).distributions(
      of: compared.flatMap { [$0.column.firstRanked, $0.column.secondRanked] },
      threads: options.threads, progress: progress)
    let permuted = try await permutations(progress: progress)
    let aurocs = compared.map { auroc($0.column) }
    let auprcs: [ComparisonDocument.Comparison] = compared.indices.map { position in
      auprc(position, resampled.averagePrecision, permuted?.averagePrecision)
    }
    var comparisons = adjusted(aurocs, of: .auroc)
    comparisons.append(macro(.auroc, resampled.auroc, permuted?.auroc))
    comparisons += adjusted(auprcs, of: .averagePrecision)
    comparisons.append(
      macro(.averagePrecision, resampled.averagePrecision, permuted?.averagePrecision))
    return comparisons
  }

  private func permutations(
    progress: (@Sendable (Int) -> Void)?
  ) async throws -> PairedPermutationResults? {
    guard options.permutationCount > 0 else { return nil }
    let plan =
      options.unit == .patient
      ? ResamplingPlan(
        patients: patients, resamples: options.permutationCount, seed: options.seed)
      : ResamplingPlan(
        rowCount: patients.count, resamples: options.permutationCount, seed: options.seed)
    let done = options.resampleCount
    return try await PairedPermutationTest(plan).run(
      compared.map { ($0.column.firstRanked, $0.column.secondRanked) },
      threads: options.threads, progress: { finished in progress?(done + finished) })
  }

  /// DeLong's test, clustered when patients are the unit and repeat.
  private func auroc(_ column: ComparedLabel) -> ComparisonDocument.Comparison {
    let clusters = column.rows.map { patients[$0] }
    let isClustered = options.unit == .patient && Set(clusters).count < clusters.count
    let test = isClustered ? "DeLong, clustered by patient (Obuchowski)" : "DeLong"
    do throws(StatisticsError) {
      let result = try DeLong(
        scores: [column.first, column.second], labels: column.targets,
        clusters: isClustered ? clusters : nil)
      let (a, b) = (result.aurocs[0].value, result.aurocs[1].value)
      do throws(StatisticsError) {
        let comparison = try result.comparison(of: 0, with: 1)
        return entry(
          column.name, .auroc, a: a, b: b, lower: comparison.interval?.lower,
          upper: comparison.interval?.upper, test: test, statistic: comparison.statistic,
          p: comparison.pValue,
          reason: Self.varianceReason(comparison))
      } catch {
        return entry(column.name, .auroc, a: a, b: b, test: test, reason: error.message)
      }
    } catch {
      return entry(column.name, .auroc, test: test, reason: error.message)
    }
  }

  private static func varianceReason(_ comparison: AUROCComparison) -> String? {
    guard comparison.hasZeroVariance else { return nil }
    return comparison.difference == 0
      ? "the difference has no variance: the models rank these radiographs alike"
      : "the difference has no variance, so DeLong's test does not apply"
  }

  private func auprc(
    _ position: Int, _ distributions: [ResampledDistribution], _ family: PermutationFamily?
  ) -> ComparisonDocument.Comparison {
    var comparison = permuted(
      compared[position].column.name, .averagePrecision,
      distributions[2 * position], distributions[2 * position + 1],
      family?.labels[position])
    comparison.pMaxT = family?.maxTAdjusted[position]
    return comparison
  }

  private func macro(
    _ statistic: RankStatistic, _ distributions: [ResampledDistribution],
    _ family: PermutationFamily?
  ) -> ComparisonDocument.Comparison {
    let first = compared.indices.map { distributions[2 * $0] }
    let second = compared.indices.map { distributions[2 * $0 + 1] }
    // The permutations can only be made of labels with both classes; the difference is over the
    // same ones.
    let mean = MacroMean(
      labels: compared.indices.filter { position in
        let ranked = compared[position].column.firstRanked
        return ranked.positiveCount > 0 && ranked.negativeCount > 0
      })
    var comparison = permuted(
      "macro", statistic, mean.distribution(of: first), mean.distribution(of: second),
      family?.macro)
    let count = mean.labels.count
    comparison.reason = [comparison.reason, "mean over the \(count) labels with both classes"]
      .compactMap(\.self)
      .joined(separator: "; ")
    return comparison
  }

  private func permuted(
    _ label: String, _ statistic: RankStatistic, _ first: ResampledDistribution,
    _ second: ResampledDistribution, _ result: Result<PermutationResult, StatisticsError>?
  ) -> ComparisonDocument.Comparison {
    let estimate = estimator.estimate(
      first - second, undefinedBecause: "undefined for one of the models")
    var reasons = [estimate.reason].compactMap(\.self)
    var p: Double?
    switch result {
    case .success(let permutation): p = permutation.p
    case .failure(let error): reasons.append(error.message)
    case nil: reasons.append("no p-value: no permutations were asked for")
    }
    return entry(
      label, statistic, a: first.estimate, b: second.estimate, lower: estimate.lower,
      upper: estimate.upper,
      test: options.unit == .patient
        ? "paired permutation of midranks, by patient" : "paired permutation of midranks",
      statistic: estimate.value, p: p,
      reason: reasons.isEmpty ? nil : reasons.joined(separator: "; "))
  }

  private func entry(
    _ label: String, _ statistic: RankStatistic, a: Double? = nil, b: Double? = nil,
    lower: Double? = nil, upper: Double? = nil, test: String, statistic value: Double? = nil,
    p: Double? = nil, reason: String?
  ) -> ComparisonDocument.Comparison {
    ComparisonDocument.Comparison(
      label: label, metric: statistic == .auroc ? "auroc" : "auprc", modelA: pair.first,
      modelB: pair.second, a: a, b: b,
      difference: a.flatMap { a in b.map { a - $0 } }, lower: lower, upper: upper, test: test,
      statistic: value, p: p, pAdjusted: p, reason: reason)
  }

  /// Adjusts the p-values of a family and adds the labels that could not be compared.
  private func adjusted(
    _ family: [ComparisonDocument.Comparison], of statistic: RankStatistic
  ) -> [ComparisonDocument.Comparison] {
    let p = options.adjustment.adjusted(family.map(\.p))
    var byLabel: [Int: ComparisonDocument.Comparison] = [:]
    for (position, entry) in compared.enumerated() {
      byLabel[entry.label] = family[position]
      byLabel[entry.label]?.pAdjusted = p[position]
    }
    return pair.labels.indices.compactMap { index in
      if let found = byLabel[index] { return found }
      guard case .failure(let error) = pair.labels[index] else { return nil }
      return entry(pair.labelNames[index], statistic, test: "none", reason: error.message)
    }
  }
}
