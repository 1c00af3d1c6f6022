// SPDX-License-Identifier: Apache-2.0

/// What was drawn independently: radiographs, or clusters of radiographs such as patients.
struct SamplingUnits {
  /// The place of each row's unit among those of its class (radiographs) or of all (clusters).
  let codes: [UInt32]
  /// The number of places for sums over positives.
  let positiveCodeCount: Int
  /// The number of places for sums over negatives.
  let negativeCodeCount: Int
  /// The number of units that hold a positive.
  let positiveUnitCount: Int
  /// The number of units that hold a negative.
  let negativeUnitCount: Int
  /// The number of units.
  let count: Int
  /// Whether a unit can hold positives and negatives.
  let canMixClasses: Bool

  /// Numbers the units.
  ///
  /// - Parameters:
  ///   - labels: `true` for positive, shape `[n]`.
  ///   - clusters: The cluster of each row, not negative, shape `[n]`; `nil` when every radiograph
  ///     was drawn on its own.
  /// - Complexity: O(*n* + largest cluster number).
  init(labels: [Bool], clusters: [Int]?) {
    guard let clusters else {
      var (positives, negatives) = (UInt32(0), UInt32(0))
      codes = labels.map { isPositive in
        defer { if isPositive { positives += 1 } else { negatives += 1 } }
        return isPositive ? positives : negatives
      }
      positiveCodeCount = Int(positives)
      negativeCodeCount = Int(negatives)
      positiveUnitCount = positiveCodeCount
      negativeUnitCount = negativeCodeCount
      count = labels.count
      canMixClasses = false
      return
    }
    precondition(clusters.count == labels.count, "one cluster per label")
    precondition(clusters.allSatisfy { $0 >= 0 }, "clusters are numbered from 0")
    let codeCount = (clusters.max() ?? -1) + 1
    var holdsPositive = [Bool](repeating: false, count: codeCount)
    var holdsNegative = holdsPositive
    for (cluster, isPositive) in zip(clusters, labels) {
      if isPositive { holdsPositive[cluster] = true } else { holdsNegative[cluster] = true }
    }
    codes = clusters.map { UInt32($0) }
    positiveCodeCount = codeCount
    negativeCodeCount = codeCount
    positiveUnitCount = holdsPositive.count { $0 }
    negativeUnitCount = holdsNegative.count { $0 }
    count = zip(holdsPositive, holdsNegative).count { $0 || $1 }
    canMixClasses = true
  }
}
