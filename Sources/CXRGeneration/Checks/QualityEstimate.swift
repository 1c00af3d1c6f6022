// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// What a model told of an image.
public enum QualityEstimate: Hashable, Sendable {
  /// A share for each sex.
  case sex([Sex: Double])
  /// A share for each race group that the model knows.
  case race([Race: Double])
  /// The age in years, not rounded.
  case ageYears(Double)
  /// A score for a finding; higher means that it is there.
  case finding(Double)

  /// The numbers.
  var numbers: [Double] {
    switch self {
    case .sex(let shares): Array(shares.values)
    case .race(let shares): Array(shares.values)
    case .ageYears(let number), .finding(let number): [number]
    }
  }
}
