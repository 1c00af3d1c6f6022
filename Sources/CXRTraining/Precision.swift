// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// The type that products and convolutions are computed in.
public enum Precision: String, CaseIterable, Codable, Sendable {
  /// float32 throughout.
  case float32
  /// bfloat16 where it is safe, float32 elsewhere.
  case bfloat16
  /// float16 where it is safe, with a scaled loss.
  case float16

  /// The narrower type; `nil` for float32 throughout.
  public var narrowType: ScalarType? {
    switch self {
    case .float32: nil
    case .bfloat16: .bfloat16
    case .float16: .float16
    }
  }
}
