// SPDX-License-Identifier: Apache-2.0
internal import CXRStatistics

/// The rates of one (group, label) cell at the label's threshold, computed once from its counts.
struct ThresholdRates: Sendable {
  let truePositiveRate: ResampledDistribution
  let falsePositiveRate: ResampledDistribution
  let falseNegativeRate: ResampledDistribution
  let selectionRate: ResampledDistribution

  init(_ confusion: ResampledConfusion) {
    truePositiveRate = confusion.truePositiveRate
    falsePositiveRate = confusion.falsePositiveRate
    falseNegativeRate = confusion.falseNegativeRate
    selectionRate = confusion.selectionRate
  }
}
