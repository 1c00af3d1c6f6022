// SPDX-License-Identifier: Apache-2.0
public import CXRStatistics

/// Compares groups of patients: every metric by group, gaps, and the gaps expected by chance.
///
///     let analysis = GapAnalysis(sample, plan: ResamplingPlan(patients: table.patients, seed: 7))
///     let report = try await analysis.report(by: Subgroups(of: table, by: [.sex, .age]), threads: 2)
///
/// Groups and labels are chosen once, on the whole sample. All groups, labels and models share one
/// set of resamples, so gaps and differences of gaps between models are paired.
public struct GapAnalysis: Sendable {
  /// What is looked at.
  public let sample: FairnessSample
  /// The resamples; none of them means no intervals.
  public let plan: ResamplingPlan
  /// The number of shuffles of groups among patients; 0 means no gaps by chance.
  public let permutations: Int
  /// Which cells are large enough to be compared.
  public let rule: CellRule
  /// The nominal coverage of intervals.
  public let confidence: Double

  /// Plans an analysis.
  ///
  /// - Parameters:
  ///   - sample: What is looked at.
  ///   - plan: The resamples; the shuffles use the next seed.
  ///   - permutations: The number of shuffles; as many as resamples when absent.
  ///   - rule: Which cells are large enough to be compared.
  ///   - confidence: The nominal coverage of intervals.
  /// - Precondition: The plan's table has the sample's rows.
  public init(
    _ sample: FairnessSample, plan: ResamplingPlan, permutations: Int? = nil,
    rule: CellRule = .standard, confidence: Double = 0.95
  ) {
    precondition(plan.rowCount == sample.patients.count, "a plan for the sample's rows")
    self.sample = sample
    self.plan = plan
    self.permutations = permutations ?? plan.resampleCount
    self.rule = rule
    self.confidence = confidence
  }

  /// Analyses the groups of one attribute.
  ///
  /// - Parameters:
  ///   - subgroups: The group of each row.
  ///   - threads: The number of threads; the result does not depend on it.
  ///   - progress: Called with the number of resamples and shuffles finished so far, from any
  ///     thread.
  /// - Returns: Every metric by group, the gaps, and their differences between models.
  /// - Throws: `CancellationError` when the task is cancelled.
  /// - Precondition: There is a group code for every row.
  /// - Complexity: O(*n* · labels · models) per resample, and per shuffle and eight groups.
  public func report(
    by subgroups: Subgroups, threads: Int = 1, progress: (@Sendable (Int) -> Void)? = nil
  ) async throws -> GapReport {
    precondition(subgroups.codes.count == plan.rowCount, "a group for every row")
    let resamples = GroupResamples(sample, subgroups: subgroups, rule: rule)
    let bootstrap = try await resamples.bootstrap(plan, threads: threads, progress: progress)
    let done = plan.resampleCount
    var shifted: (@Sendable (Int) -> Void)?
    if let progress { shifted = { progress(done + $0) } }
    let chance = try await resamples.permutation(
      count: permutations, seed: plan.seed &+ 1, threads: threads, progress: shifted)
    let builder = GapReportBuilder(
      resamples: resamples, bootstrap: bootstrap, chance: chance, confidence: confidence)
    return builder.report()
  }
}
