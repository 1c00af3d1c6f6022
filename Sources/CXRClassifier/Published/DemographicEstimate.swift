// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// What a ``DemographicModel`` tells about one radiograph.
public enum DemographicEstimate: Hashable, Sendable {
  /// The age in years, not rounded.
  case ageYears(Double)
  /// The share of each sex; together 1.
  case sex([Sex: Double])
  /// The share of each race that the model knows; together 1.
  case race([Race: Double])

  /// The sex with the largest share, `nil` if something else was estimated.
  public var mostLikelySex: Sex? {
    guard case .sex(let shares) = self else { return nil }
    return Sex.allCases.max { shares[$0, default: 0] < shares[$1, default: 0] }
  }

  /// The race with the largest share, `nil` if something else was estimated.
  ///
  /// It is never one of ``DemographicModel/untestableRaces``, whatever the radiograph shows.
  public var mostLikelyRace: Race? {
    guard case .race(let shares) = self else { return nil }
    return Race.allCases.filter { shares[$0] != nil }
      .max { shares[$0, default: 0] < shares[$1, default: 0] }
  }
}
