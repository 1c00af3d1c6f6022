// SPDX-License-Identifier: Apache-2.0

/// Black is −1, white is 1: what Stable Diffusion, GLoRIA and MGCA read.
public enum SignedUnitRange: LinearRange {
  /// `[-1, 1]`.
  public static let name = "[-1, 1]"
  /// −1 to 1.
  public static let bounds: ClosedRange<Float> = -1...1
}
