// SPDX-License-Identifier: Apache-2.0

/// Which of a schedule's timesteps a sampler visits.
///
/// The raw values are the words of diffusers' `timestep_spacing`.
///
/// - SeeAlso: Lin et al., *WACV* 2024, <https://arxiv.org/abs/2305.08891>, table 2.
public enum TimestepSpacing: String, CaseIterable, Codable, Sendable {
  /// Multiples of a whole interval from 0, moved up by an offset; the last timesteps are left out.
  case leading
  /// Evenly from the first timestep to the last, both among them.
  case linspace
  /// Evenly downwards from the last timestep, which a schedule without terminal signal needs.
  case trailing

  /// The timesteps, falling.
  ///
  /// - Parameters:
  ///   - count: How many, in 1 ... `total`.
  ///   - total: How many timesteps the schedule has.
  ///   - offset: What leading timesteps are moved up by.
  /// - Returns: Numbers; not whole for `.linspace`, and above the last timestep if an offset moves
  ///   them there.
  func timesteps(_ count: Int, of total: Int, offset: Int) -> [Double] {
    switch self {
    case .leading: (0..<count).reversed().map { Double($0 * (total / count) + offset) }
    case .linspace:
      (0..<count).reversed().map { step in
        count == 1 ? 0 : Double(step) * (Double(total - 1) / Double(count - 1))
      }
    case .trailing:
      (0..<count).map { step in
        (Double(total) - Double(step) * (Double(total) / Double(count)))
          .rounded(.toNearestOrEven) - 1
      }
    }
  }
}
