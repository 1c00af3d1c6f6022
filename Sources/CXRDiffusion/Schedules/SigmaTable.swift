// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Converts between timesteps and noise levels by a schedule's table.
struct SigmaTable {
  /// σ by timestep, rising.
  let sigmas: [Double]

  init(_ schedule: NoiseSchedule) { sigmas = schedule.sigmas }

  /// σ at a timestep, interpolated between whole ones.
  func sigma(at timestep: Double) -> Double {
    let low = min(Int(timestep), sigmas.count - 2)
    return sigmas[low] + (timestep - Double(low)) * (sigmas[low + 1] - sigmas[low])
  }

  /// The timestep of a σ, interpolated in ln σ and kept within the table.
  func timestep(of sigma: Double) -> Double {
    let above = sigmas.firstIndex { $0 > sigma } ?? sigmas.count
    let low = max(0, min(sigmas.count - 2, above - 1))
    let share = log(sigma / sigmas[low]) / log(sigmas[low + 1] / sigmas[low])
    return Double(low) + max(0, min(1, share))
  }
}
