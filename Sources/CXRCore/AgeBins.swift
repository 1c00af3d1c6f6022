// SPDX-License-Identifier: Apache-2.0

/// Half-open age bins, the last of them open-ended.
///
///     AgeBins(lowerBounds: [18, 40, 60, 80])?.name(forAge: 40)  // "40-60"
///
/// Ages below the first bound lie in no bin.
public struct AgeBins: Hashable, Sendable {
  /// The lower bound of each bin in years, strictly increasing; a bin holds its lower bound.
  public let lowerBounds: [Double]

  /// The bins [18, 40), [40, 60), [60, 80) and [80, ∞) of the published study.
  public static let standard = AgeBins(checked: [18, 40, 60, 80])

  /// Creates bins from their lower bounds.
  ///
  /// - Parameter lowerBounds: Ages in years, from 0 to 150, strictly increasing, at least one.
  public init?(lowerBounds: [Double]) {
    guard let first = lowerBounds.first, first >= 0, lowerBounds.allSatisfy({ $0 <= 150 }),
      zip(lowerBounds, lowerBounds.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    self.lowerBounds = lowerBounds
  }

  private init(checked lowerBounds: [Double]) { self.lowerBounds = lowerBounds }

  /// The bins' names in order, such as `18-40` and, for the last, `80+`.
  public var names: [String] {
    lowerBounds.indices.map { index in
      let lower = Self.text(lowerBounds[index])
      guard index + 1 < lowerBounds.count else { return lower + "+" }
      return lower + "-" + Self.text(lowerBounds[index + 1])
    }
  }

  /// Returns the index of the bin that holds an age.
  ///
  /// - Parameter ageYears: An age in years.
  /// - Returns: The bin's index in ``names``, or `nil` below the first bound.
  public func index(forAge ageYears: Double) -> Int? {
    lowerBounds.lastIndex { $0 <= ageYears }
  }

  /// Returns the name of the bin that holds an age.
  ///
  /// - Parameter ageYears: An age in years.
  /// - Returns: The bin's name, or `nil` below the first bound.
  public func name(forAge ageYears: Double) -> String? {
    index(forAge: ageYears).map { names[$0] }
  }

  private static func text(_ bound: Double) -> String {
    bound == bound.rounded() ? String(Int(bound)) : String(bound)
  }
}
