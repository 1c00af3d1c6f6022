// SPDX-License-Identifier: Apache-2.0

/// How low-rank adapters (LoRA) learn in the place of whole weights.
///
/// The defaults are those of diffusers.
public struct LowRankConfiguration: Hashable, Codable, Sendable {
  /// The numbers between the two maps of an update, at least 1.
  public var rank: Int
  /// What updates count by, divided by the rank; `nil` for the rank itself.
  public var alpha: Double?
  /// The linear maps of the U-Net that are adapted: their names, or what names end in.
  public var targets = ["to_k", "to_q", "to_v", "to_out.0"]
  /// The linear maps of a text encoder that learns: their names, or what names end in.
  public var textTargets = ["q_proj", "k_proj", "v_proj", "out_proj"]

  /// Creates a configuration.
  ///
  /// - Parameters:
  ///   - rank: The numbers between the two maps of an update, at least 1.
  ///   - alpha: What updates count by, divided by the rank; `nil` for the rank itself.
  public init(rank: Int = 4, alpha: Double? = nil) {
    self.rank = rank
    self.alpha = alpha
  }

  /// Whether all numbers are in their ranges.
  var isValid: Bool { rank > 0 && alpha ?? 1 > 0 }
}
