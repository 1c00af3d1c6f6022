// SPDX-License-Identifier: Apache-2.0

extension NoiseSchedule {
  /// The weight of a timestep's loss that keeps easy timesteps from ruling the gradient (Min-SNR-γ).
  ///
  ///     NoiseSchedule.stableDiffusion.minSNRWeight(at: 30, gamma: 5, of: .epsilon)  // 0.145
  ///
  /// The clean latents would have the weight min(SNR, γ). The other predictions' squared errors are
  /// the SNR, or the SNR and 1, times as large, by which theirs is divided.
  ///
  /// - Parameters:
  ///   - timestep: In 0 ..< ``count``.
  ///   - gamma: Where the SNR is cut off, above 0; 5 is usual.
  ///   - prediction: What the network predicts.
  /// - Returns: At least 0; at most 1, or for clean latents γ.
  /// - Precondition: `gamma` is above 0.
  /// - SeeAlso: Hang et al., *ICCV* 2023, <https://arxiv.org/abs/2303.09556>.
  public func minSNRWeight(
    at timestep: Int, gamma: Double, of prediction: PredictionType
  ) -> Double {
    precondition(gamma > 0, "a Min-SNR gamma of \(gamma)")
    let snr = snr(at: timestep)
    return switch prediction {
    // Not min(SNR, γ) / SNR, which is undefined without signal.
    case .epsilon: min(1, gamma / snr)
    case .velocity: min(snr, gamma) / (snr + 1)
    case .sample: min(snr, gamma)
    }
  }
}
