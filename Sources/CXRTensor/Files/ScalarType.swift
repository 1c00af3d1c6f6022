// SPDX-License-Identifier: Apache-2.0

/// The type of a tensor's elements.
public enum ScalarType: String, Sendable, CustomStringConvertible {
  case bool, uint8, int8, int16, int32, int64, float16, bfloat16, float32, float64
  public var description: String { rawValue }
}
