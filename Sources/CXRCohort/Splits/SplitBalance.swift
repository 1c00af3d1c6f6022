// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore

/// How evenly labels are spread over the parts of a split.
public struct SplitBalance: Codable, Hashable, Sendable {
  /// The size of a part.
  public struct Part: Codable, Hashable, Sendable {
    /// The name of the part.
    public let name: String
    /// The number of patients.
    public let patientCount: Int
    /// The number of radiographs.
    public let radiographCount: Int
  }

  /// One label's share of the whole and of each part.
  public struct Label: Codable, Hashable, Sendable {
    /// The label.
    public let name: String
    /// Its share of everything that is in a part.
    public let share: Double
    /// Its share of each part, in the order of the parts.
    public let partShares: [Double]

    /// The largest difference between a part's share and the whole's.
    public var deviation: Double { partShares.map { abs($0 - share) }.max() ?? 0 }
  }

  /// What is counted.
  public let unit: BalanceUnit
  /// The parts, the largest first.
  public let parts: [Part]
  /// The labels, in alphabetical order, less those that everything has.
  public let labels: [Label]

  /// The label whose share differs most between a part and the whole.
  public var worstLabel: Label? { labels.max { $0.deviation < $1.deviation } }

  /// Counts labels by part.
  ///
  /// - Parameters:
  ///   - split: The split.
  ///   - pool: The radiographs that it divides.
  ///   - strata: The labels to count.
  ///   - unit: What is counted.
  public init(
    of split: SplitContent, in pool: SplitPool, strata: Strata = .all, unit: BalanceUnit = .images
  ) {
    let names = Set(split.partByImageName.values).sorted()
    let pools = names.map { pool.part($0, of: split) }
    let tallies = pools.map { Tally($0, strata: strata, unit: unit) }
    let order = names.indices.sorted {
      (pools[$1].radiographCount, names[$0]) < (pools[$0].radiographCount, names[$1])
    }
    let size = tallies.reduce(0) { $0 + $1.size }
    self.unit = unit
    parts = order.map {
      Part(
        name: names[$0], patientCount: pools[$0].patients.count,
        radiographCount: pools[$0].radiographCount)
    }
    labels = Set(tallies.lazy.flatMap(\.counts.keys)).sorted().compactMap { label in
      let count = tallies.reduce(0) { $0 + $1.counts[label, default: 0] }
      guard count < size else { return nil }
      return Label(
        name: label, share: count / size,
        partShares: order.map { tallies[$0].counts[label, default: 0] / tallies[$0].size })
    }
  }

  /// How much there is of each label in one part.
  private struct Tally {
    let size: Double
    let counts: [String: Double]

    init(_ pool: SplitPool, strata: Strata, unit: BalanceUnit) {
      let labelled = LabelledPatients(pool, strata: strata, unit: unit)
      var sums = [Double](repeating: 0, count: labelled.labels.count)
      for item in labelled.items { for (label, count) in item.counts { sums[label] += count } }
      size = labelled.items.reduce(0) { $0 + $1.size }
      counts = Dictionary(uniqueKeysWithValues: zip(labelled.labels, sums))
    }
  }
}
