// SPDX-License-Identifier: Apache-2.0

/// The results of one statistic over a family of labels that shared their permutations.
public struct PermutationFamily: Sendable {
  /// One result per label, or the reason why it has none.
  public let labels: [Result<PermutationResult, StatisticsError>]
  /// The result for the mean over the labels that have one, or the reason why it has none.
  public let macro: Result<PermutationResult, StatisticsError>
  /// p-values adjusted over the labels by the largest studentised difference of each
  /// permutation, `nil` for a label without a result.
  ///
  /// - SeeAlso: Westfall & Young, *Resampling-Based Multiple Testing* (1993).
  public let maxTAdjusted: [Double?]

  /// The number of labels in the mean.
  public var macroLabelCount: Int { labels.count { (try? $0.get()) != nil } }

  init(_ nulls: [Result<PermutationNull, StatisticsError>]) {
    let defined = nulls.compactMap { try? $0.get() }
    labels = nulls.map { $0.map(\.result) }
    maxTAdjusted = PermutationNull.maxTAdjusted(defined, in: nulls)
    guard let first = defined.first else {
      macro = .failure(StatisticsError(.empty, "No label has a result to average."))
      return
    }
    let count = Double(defined.count)
    macro = .success(
      PermutationNull(
        observed: defined.reduce(0) { $0 + $1.observed } / count,
        values: first.values.indices.map { index in
          defined.reduce(0) { $0 + $1.values[index] } / count
        },
        isExact: first.isExact
      ).result)
  }
}
