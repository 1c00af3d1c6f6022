// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// How much of an image and how much noise each timestep of a diffusion model mixes.
///
/// Latents at timestep *t* are √ᾱ(*t*) · latents + √(1 − ᾱ(*t*)) · noise.
///
///     let schedule = NoiseSchedule.stableDiffusion
///     schedule.signalShare[999]  // 0.00466
///     schedule.snr(at: 0)        // 1175
///
/// Everything is worked out in float64. PyTorch's code makes ᾱ in float32, from which this differs
/// in the sixth digit.
///
/// - SeeAlso: Ho et al., *NeurIPS* 2020, <https://arxiv.org/abs/2006.11239>.
public struct NoiseSchedule: Hashable, Sendable {
  /// ᾱ: the share of the signal in the variance, by timestep; falling, in 0 ..< 1.
  public let signalShare: [Double]

  /// Creates a schedule from the noise that each step adds.
  ///
  /// - Parameters:
  ///   - betas: The variance of the noise that each timestep adds, above 0 and below 1.
  ///   - terminal: Whether the last timestep is made pure noise.
  /// - Precondition: There are at least two betas, in their range.
  public init(betas: [Double], terminal: TerminalSNR = .asGiven) {
    precondition(betas.count > 1, "a schedule of \(betas.count) timesteps")
    precondition(betas.allSatisfy { $0 > 0 && $0 < 1 }, "betas lie between 0 and 1")
    var share = 1.0
    let shares = betas.map { beta in
      share *= 1 - beta
      return share
    }
    signalShare = terminal == .zero ? Self.withoutTerminalSignal(shares) : shares
  }

  /// Creates a schedule from the course of its betas.
  ///
  /// - Parameters:
  ///   - shape: The course.
  ///   - start: The first beta.
  ///   - end: The last beta.
  ///   - count: The number of timesteps.
  ///   - terminal: Whether the last timestep is made pure noise.
  /// - Precondition: There are at least two timesteps; 0 < `start` and `end` < 1.
  public init(
    _ shape: BetaShape, from start: Double, to end: Double, count: Int = 1000,
    terminal: TerminalSNR = .asGiven
  ) {
    precondition(count > 1, "a schedule of \(count) timesteps")
    let last = Double(count - 1)
    let betas =
      switch shape {
      case .linear: (0..<count).map { start + (end - start) * Double($0) / last }
      case .scaledLinear:
        (0..<count).map { step in
          let root =
            start.squareRoot() + (end.squareRoot() - start.squareRoot()) * Double(step) / last
          return root * root
        }
      case .squaredCosine:
        (0..<count).map { step in
          min(0.999, 1 - Self.cosineShare(step + 1, of: count) / Self.cosineShare(step, of: count))
        }
      }
    self.init(betas: betas, terminal: terminal)
  }

  /// The schedule that Stable Diffusion 1 and 2 were trained with.
  public static let stableDiffusion = NoiseSchedule(.scaledLinear, from: 0.00085, to: 0.012)

  /// The number of timesteps.
  public var count: Int { signalShare.count }

  /// √ᾱ: what the latents are multiplied by at a timestep.
  public func signalScale(at timestep: Int) -> Double { signalShare[timestep].squareRoot() }

  /// √(1 − ᾱ): what the noise is multiplied by at a timestep.
  public func noiseScale(at timestep: Int) -> Double { (1 - signalShare[timestep]).squareRoot() }

  /// The signal-to-noise ratio ᾱ / (1 − ᾱ) at a timestep.
  public func snr(at timestep: Int) -> Double {
    signalShare[timestep] / (1 - signalShare[timestep])
  }

  private static func cosineShare(_ step: Int, of count: Int) -> Double {
    let root = cos((Double(step) / Double(count) + 0.008) / 1.008 * .pi / 2)
    return root * root
  }

  /// Shifts and stretches √ᾱ so that the last is 0 and the first stays.
  private static func withoutTerminalSignal(_ shares: [Double]) -> [Double] {
    let roots = shares.map { $0.squareRoot() }
    let (first, last) = (roots[0], roots[roots.count - 1])
    return roots.map { root in
      let shifted = (root - last) * first / (first - last)
      return shifted * shifted
    }
  }
}
