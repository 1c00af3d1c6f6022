// SPDX-License-Identifier: Apache-2.0

/// The seven mixes of the Synthetic-XRay study: numbers of real and of synthetic images.
///
///     SyntheticXRayMix.limited10.mix  // mixed,real=522,synthetic=2400+stratified
///
/// `synth-25` and its like are shares of the 2,400 synthetic images, not of the real ones. Numbers
/// below the whole keep the share of every class.
public enum SyntheticXRayMix: String, CaseIterable, Codable, Hashable, Sendable {
  case baseline
  case synth25 = "synth-25"
  case synth50 = "synth-50"
  case synth100 = "synth-100"
  case limited10 = "limited-10"
  case limited25 = "limited-25"
  case synthOnly = "synth-only"

  /// The number of real images.
  public var realCount: Int {
    switch self {
    case .baseline, .synth25, .synth50, .synth100: 5_216
    case .limited10: 522
    case .limited25: 1_304
    case .synthOnly: 0
    }
  }

  /// The number of synthetic images.
  public var syntheticCount: Int {
    switch self {
    case .baseline: 0
    case .synth25: 600
    case .synth50: 1_200
    case .synth100, .limited10, .limited25, .synthOnly: 2_400
    }
  }

  /// The mix; each image of it occurs once per epoch.
  public var mix: TrainingMix {
    func amount(_ count: Int) -> MixAmount { count == 0 ? .none : .count(count) }
    return TrainingMix(
      real: amount(realCount), synthetic: amount(syntheticCount), order: .stratified)
  }
}
