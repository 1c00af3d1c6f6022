// SPDX-License-Identifier: Apache-2.0
internal import CXRStatistics

/// Cuts a sample into groups and resamples or shuffles them.
struct GroupResamples: Sendable {
  let sample: FairnessSample
  let subgroups: Subgroups
  let selection: CellSelection
  /// The rankings of each model by group and label, shape `[models][groups][labels]`.
  private let byGroup: [[[RankedScores]]]
  /// The rankings of each model over all grouped rows, shape `[models][labels]`.
  private let overall: [[RankedScores]]

  /// One model's distributions from the bootstrap.
  struct ModelTables: Sendable {
    /// The statistics by group.
    let table: GroupTable
    /// All grouped rows together, as a table of one group.
    let overall: GroupTable
    /// Average precision, shape `[groups + 1][labels]`, all rows last.
    let averagePrecision: [[ResampledDistribution]]
  }

  /// Cuts a sample.
  ///
  /// - Parameters:
  ///   - sample: What is looked at.
  ///   - subgroups: The group of each row.
  ///   - rule: Which cells are large enough.
  init(_ sample: FairnessSample, subgroups: Subgroups, rule: CellRule) {
    let codes = subgroups.codes
    let groups = subgroups.names.indices
    overall = sample.models.map { model in
      model.rankings.map { $0.restricted { codes[$0] >= 0 } }
    }
    byGroup = overall.map { rankings in
      groups.map { group in rankings.map { $0.restricted { codes[$0] == group } } }
    }
    self.sample = sample
    self.subgroups = subgroups
    let (byGroup, labels) = (byGroup, sample.labels.indices)
    // A cell counts when it is large enough for every model, should scores be missing.
    func smallest(_ count: (RankedScores) -> Int) -> [[Int]] {
      groups.map { group in
        labels.map { label in byGroup.map { count($0[group][label]) }.min() ?? 0 }
      }
    }
    selection = CellSelection(
      rule: rule, positives: smallest(\.positiveCount), negatives: smallest(\.negativeCount))
  }

  /// The counts of a cell; the last group is all rows together.
  func counts(model: Int, group: Int, label: Int) -> (positives: Int, negatives: Int) {
    let ranked =
      group < subgroups.names.count ? byGroup[model][group][label] : overall[model][label]
    return (ranked.positiveCount, ranked.negativeCount)
  }

  /// Resamples every group, label and model.
  func bootstrap(
    _ plan: ResamplingPlan, threads: Int, progress: (@Sendable (Int) -> Void)?
  ) async throws -> [ModelTables] {
    let tables = zip(byGroup, overall).map { $0 + [$1] }
    let decisions = zip(sample.models, tables).flatMap { model, groups in
      groups.flatMap { Self.decisions($0, thresholds: model.thresholds) }
    }
    let all = try await Bootstrap(plan).distributions(
      of: tables.flatMap { $0.joined() }, decisions: decisions, threads: threads,
      progress: progress)
    let groupCount = subgroups.names.count + 1
    var auroc = all.auroc[...]
    var precision = all.averagePrecision[...]
    var confusions = all.confusions[...]
    return sample.models.map { model in
      let aurocs = (0..<groupCount).map { _ in auroc.takeFirst(sample.labels.count) }
      let precisions = (0..<groupCount).map { _ in precision.takeFirst(sample.labels.count) }
      let rates = (0..<groupCount).map { _ in Self.rates(of: model, from: &confusions) }
      return ModelTables(
        table: groupTable(Array(aurocs.dropLast()), Array(rates.dropLast())),
        overall: groupTable(aurocs.suffix(1), rates.suffix(1)), averagePrecision: precisions)
    }
  }

  /// Shuffles groups among patients.
  ///
  /// - Returns: One table per model, or nothing without shuffles.
  func permutation(
    count: Int, seed: UInt64, threads: Int, progress: (@Sendable (Int) -> Void)?
  ) async throws -> [GroupTable] {
    guard count > 0 else { return [] }
    let decisions = zip(sample.models, overall).flatMap { model, rankings in
      Self.decisions(rankings, thresholds: model.thresholds)
    }
    let groups = try await GroupPermutation(
      groups: subgroups.codes, patients: sample.patients, permutations: count, seed: seed
    ).distributions(
      of: Array(overall.joined()), decisions: decisions, threads: threads, progress: progress)
    var auroc = groups.map { $0.auroc[...] }
    var confusions = groups.map { $0.confusions[...] }
    return sample.models.map { model in
      groupTable(
        auroc.indices.map { auroc[$0].takeFirst(sample.labels.count) },
        confusions.indices.map { Self.rates(of: model, from: &confusions[$0]) })
    }
  }

  private func groupTable(
    _ auroc: [[ResampledDistribution]], _ rates: [[ThresholdRates?]]
  ) -> GroupTable {
    GroupTable(auroc: auroc, rates: rates, selection: selection, noFinding: sample.noFinding)
  }

  /// The decisions of the labels that have a threshold.
  private static func decisions(
    _ rankings: [RankedScores], thresholds: [Double?]
  ) -> [BinaryDecisions] {
    zip(rankings, thresholds).compactMap { ranked, threshold in
      threshold.map { BinaryDecisions(ranked, threshold: $0) }
    }
  }

  /// Takes the rates of the labels that have a threshold.
  private static func rates(
    of model: FairnessSample.Model, from confusions: inout ArraySlice<ResampledConfusion>
  ) -> [ThresholdRates?] {
    model.thresholds.map { threshold in
      threshold == nil ? nil : confusions.popFirst().map(ThresholdRates.init)
    }
  }
}

extension ArraySlice {
  /// Removes and returns the first elements.
  fileprivate mutating func takeFirst(_ count: Int) -> [Element] {
    defer { removeFirst(count) }
    return Array(prefix(count))
  }
}
