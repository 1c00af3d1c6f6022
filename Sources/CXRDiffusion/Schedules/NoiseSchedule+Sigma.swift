// SPDX-License-Identifier: Apache-2.0
internal import Foundation

// Solvers of differential equations measure noise as σ = √(1 − ᾱ) / √ᾱ, which rises with the
// timestep.
extension NoiseSchedule {
  /// The least share of signal that a σ is made of: a last timestep of pure noise has none.
  private static let leastShare = 0x1p-24

  /// σ = √((1 − ᾱ) / ᾱ) by timestep, rising; a timestep of pure noise has 4096.
  public var sigmas: [Double] {
    signalShare.map { share in
      let share = max(share, Self.leastShare)
      return ((1 - share) / share).squareRoot()
    }
  }

  /// Noise levels that crowd towards the small ones.
  ///
  /// - Parameters:
  ///   - range: The least and the greatest σ.
  ///   - count: How many levels, at least 1.
  /// - Returns: σ, falling from the greatest to the least.
  /// - SeeAlso: Karras et al., *NeurIPS* 2022, <https://arxiv.org/abs/2206.00364>, equation 5 with
  ///   ρ = 7.
  static func karras(over range: ClosedRange<Double>, count: Int) -> [Double] {
    let (low, high) = (pow(range.lowerBound, 1 / 7.0), pow(range.upperBound, 1 / 7.0))
    return (0..<count).map { step in
      pow(high + Double(step) / Double(max(1, count - 1)) * (low - high), 7)
    }
  }
}
