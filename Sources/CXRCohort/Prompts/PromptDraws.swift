// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore

/// The random numbers of one radiograph's prompts: functions of the seed and the radiograph's name.
struct PromptDraws {
  private let seed: UInt64
  private let key: String

  init(seed: UInt64, candidate: PromptCandidate) {
    self.seed = seed
    key = "\(candidate.dataset)/\(candidate.imageName)"
  }

  /// The number of copies for an expected number: its whole part, and one more at times.
  func copies(expected: Double) -> Int {
    let whole = expected.rounded(.down)
    guard expected > whole else { return Int(whole) }
    return Int(whole) + (stream("prompt-copies", 0).unit(at: 0) < expected - whole ? 1 : 0)
  }

  /// The age of a variation, in whole years: within the limits unless it is kept as it is.
  func age(_ original: Int, jitter: Int, variation: Int) -> Int {
    guard jitter > 0 else { return original }
    let limits = PromptPlan.ageLimits
    let lower = min(max(original - jitter, limits.lowerBound), limits.upperBound)
    let upper = max(min(original + jitter, limits.upperBound), limits.lowerBound)
    return lower + stream("prompt-age", variation).index(at: 0, below: upper - lower + 1)
  }

  /// What decides whose turn it is under a cap.
  func turn(copy: Int) -> UInt64 { stream("prompt-cap", copy).word(at: 0) }

  private func stream(_ purpose: String, _ index: Int) -> RandomStream {
    RandomStream(seed: seed, purpose: "\(purpose):\(key)", index: index)
  }
}
