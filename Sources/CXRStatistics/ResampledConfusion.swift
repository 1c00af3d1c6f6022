// SPDX-License-Identifier: Apache-2.0

/// Confusion counts on the sample and on every resample.
public struct ResampledConfusion: Sendable {
  /// The number of positive rows called positive.
  public let truePositives: ResampledDistribution
  /// The number of negative rows called positive.
  public let falsePositives: ResampledDistribution
  /// The number of positive rows called negative.
  public let falseNegatives: ResampledDistribution
  /// The number of negative rows called negative.
  public let trueNegatives: ResampledDistribution

  init(cells: [ResampledDistribution]) {
    self.truePositives = cells[0]
    self.falsePositives = cells[1]
    self.falseNegatives = cells[2]
    self.trueNegatives = cells[3]
  }

  /// The share of positives called positive; undefined without positives.
  public var truePositiveRate: ResampledDistribution {
    share([truePositives], of: [truePositives, falseNegatives])
  }

  /// The share of negatives called positive; undefined without negatives.
  public var falsePositiveRate: ResampledDistribution {
    share([falsePositives], of: [falsePositives, trueNegatives])
  }

  /// The share of positives called negative; undefined without positives.
  public var falseNegativeRate: ResampledDistribution {
    share([falseNegatives], of: [truePositives, falseNegatives])
  }

  /// The share of negatives called negative; undefined without negatives.
  public var trueNegativeRate: ResampledDistribution {
    share([trueNegatives], of: [falsePositives, trueNegatives])
  }

  /// The share of all rows called positive; undefined without rows.
  public var selectionRate: ResampledDistribution {
    share(
      [truePositives, falsePositives],
      of: [truePositives, falsePositives, falseNegatives, trueNegatives])
  }

  /// The share of rows called rightly; undefined without rows.
  public var accuracy: ResampledDistribution {
    share(
      [truePositives, trueNegatives],
      of: [truePositives, falsePositives, falseNegatives, trueNegatives])
  }

  /// The share of called rows that are positive; undefined when nothing is called.
  public var positivePredictiveValue: ResampledDistribution {
    share([truePositives], of: [truePositives, falsePositives])
  }

  /// The share of rows that are not called that are negative; undefined when all are called.
  public var negativePredictiveValue: ResampledDistribution {
    share([trueNegatives], of: [falseNegatives, trueNegatives])
  }

  /// The harmonic mean of recall and precision; undefined without positives and calls.
  public var f1: ResampledDistribution {
    share(
      [truePositives, truePositives],
      of: [truePositives, truePositives, falsePositives, falseNegatives])
  }

  private func share(
    _ hits: [ResampledDistribution], of all: [ResampledDistribution]
  ) -> ResampledDistribution {
    .combining(hits + all) { counts in
      let total = counts.dropFirst(hits.count).reduce(0, +)
      return total == 0 ? .nan : counts.prefix(hits.count).reduce(0, +) / total
    }
  }
}
