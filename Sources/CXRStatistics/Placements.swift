// SPDX-License-Identifier: Apache-2.0

/// How far each sampling unit pulls one model's AUROC from its value: DeLong's placements.
///
/// The placement of a positive is the share of negatives it beats, that of a negative the share of
/// positives that beat it, a tie counting half; the mean of either is the AUROC. Here they are
/// centred on it and multiplied by the AUROC's denominator, which makes them whole numbers. Doubles
/// hold them and their sums exactly (below 2⁵³, that is for up to 10⁸ radiographs), so that equal
/// rankings differ by exactly zero and a zero variance needs no tolerance.
///
/// - SeeAlso: Sun & Xu, *IEEE Signal Processing Letters* 21 (2014),
///   <https://doi.org/10.1109/LSP.2014.2337313>.
struct Placements {
  /// The centred placements of the positives, summed by unit.
  private(set) var positives: [Double]
  /// The centred placements of the negatives, summed by unit.
  private(set) var negatives: [Double]

  /// Sums of products of centred placements over units.
  struct Moments {
    /// Positives with positives.
    var positive = 0.0
    /// Negatives with negatives.
    var negative = 0.0
    /// The positives of a unit with its negatives.
    var cross = 0.0
  }

  /// Places every radiograph.
  ///
  /// - Parameters:
  ///   - ranked: The sorted scores.
  ///   - auroc: Their AUROC.
  ///   - units: The sampling units.
  /// - Complexity: O(*n*).
  init(_ ranked: RankedScores, auroc: AUROC, units: SamplingUnits) {
    positives = [Double](repeating: 0, count: units.positiveCodeCount)
    negatives = [Double](repeating: 0, count: units.negativeCodeCount)
    let (positiveCount, negativeCount) = (ranked.positiveCount, ranked.negativeCount)
    for tie in ranked.ties {
      let beaten = 2 * (negativeCount - tie.falsePositives) + tie.negatives
      let beating = 2 * tie.truePositives - tie.positives
      let positive = Double(beaten * positiveCount - auroc.numerator)
      let negative = Double(beating * negativeCount - auroc.numerator)
      let firstNegative = tie.positions.lowerBound + tie.positives
      for position in tie.positions.lowerBound..<firstNegative {
        positives[Int(units.codes[Int(ranked.rows[position])])] += positive
      }
      for position in firstNegative..<tie.positions.upperBound {
        negatives[Int(units.codes[Int(ranked.rows[position])])] += negative
      }
    }
  }

  /// Subtracts another model's placements on the same units.
  static func - (left: Placements, right: Placements) -> Placements {
    var difference = left
    for unit in left.positives.indices { difference.positives[unit] -= right.positives[unit] }
    for unit in left.negatives.indices { difference.negatives[unit] -= right.negatives[unit] }
    return difference
  }

  /// Sums the products with another model's placements on the same units.
  ///
  /// - Parameters:
  ///   - other: The other model's placements.
  ///   - units: The sampling units.
  /// - Returns: The sums.
  /// - Complexity: O(*n*).
  func moments(with other: Placements, units: SamplingUnits) -> Moments {
    var sums = Moments()
    for unit in positives.indices {
      sums.positive += positives[unit] * other.positives[unit]
    }
    for unit in negatives.indices {
      sums.negative += negatives[unit] * other.negatives[unit]
    }
    guard units.canMixClasses else { return sums }
    for unit in positives.indices {
      sums.cross +=
        positives[unit] * other.negatives[unit] + other.positives[unit] * negatives[unit]
    }
    return sums
  }
}
