// SPDX-License-Identifier: Apache-2.0

/// How much noise DDIM and PNDM leave in the result: diffusers' `set_alpha_to_one`.
public enum FinalSignal: Sendable {
  /// As much as the first timestep has; Stable Diffusion's.
  case firstTimestep
  /// None.
  case clean

  /// The share of the signal at a timestep, or at the end if it lies before the first.
  func share(at timestep: Int, of schedule: NoiseSchedule) -> Double {
    if timestep >= 0 { return schedule.signalShare[timestep] }
    return self == .clean ? 1 : schedule.signalShare[0]
  }
}
