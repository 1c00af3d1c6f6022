// SPDX-License-Identifier: Apache-2.0

/// Divides things that carry several labels so that every part has its share of every label.
///
///     let stratification = IterativeStratification(shares: [0.8, 0.2])
///     stratification.parts(of: [.init(size: 1, counts: [0: 1]), …], seed: 1)  // [0, 1, …]
///
/// The label with the fewest things left is dealt out first, each thing to the part that still lacks
/// most of the label, then most overall, then at random. Three additions let whole patients be
/// divided: things have sizes, the largest of a label are dealt out first, and what a part lacks is
/// taken relative to its share, without which the largest part would get all the large things. At the
/// end things are moved one by one as long as that brings parts closer to their shares.
///
/// - SeeAlso: Sechidis, Tsoumakas & Vlahavas, *ECML PKDD* 2011,
///   <https://doi.org/10.1007/978-3-642-23808-6_10>.
public struct IterativeStratification: Sendable {
  /// A thing that goes into one part as a whole, such as a patient.
  public struct Item: Sendable {
    /// How much of a part it fills, above 0.
    public let size: Double
    /// How much it has of each label, above 0, by the label's number from 0.
    public let counts: [Int: Double]

    /// Creates an item.
    ///
    /// - Parameters:
    ///   - size: How much of a part it fills, above 0.
    ///   - counts: How much it has of each label, above 0, by the label's number from 0.
    public init(size: Double, counts: [Int: Double]) {
      self.size = size
      self.counts = counts
    }
  }

  /// The share of each part, above 0; they add up to 1.
  public let shares: [Double]

  /// Creates a division.
  ///
  /// - Parameter shares: The share of each part, above 0; they add up to 1.
  public init(shares: [Double]) { self.shares = shares }

  /// Divides items.
  ///
  /// - Parameters:
  ///   - items: The items.
  ///   - seed: The seed.
  /// - Returns: The part of each item, as an index into ``shares``.
  /// - Precondition: There is a part.
  /// - Complexity: O(*n* (*l* + log *n* + *k* · *m*)) for *n* items, *l* labels, *k* parts, and *m*
  ///   the labels of an item.
  public func parts(of items: [Item], seed: UInt64) -> [Int] {
    precondition(!shares.isEmpty, "a part to put items into")
    var deal = StratificationDeal(items, shares: shares, seed: seed)
    while let label = deal.rarestLabel() { deal.dealOut(label) }
    deal.dealOutRest()
    deal.even()
    return deal.parts
  }
}
