// SPDX-License-Identifier: Apache-2.0

/// A Swift number that a tensor can hold.
public protocol TensorScalar: BitwiseCopyable, Sendable {
  /// The type of the elements.
  static var scalarType: ScalarType { get }
}

extension Float: TensorScalar {
  /// `float32`.
  public static var scalarType: ScalarType { .float32 }
}

extension Double: TensorScalar {
  /// `float64`.
  public static var scalarType: ScalarType { .float64 }
}

extension Int: TensorScalar {
  /// `int64`.
  public static var scalarType: ScalarType { .int64 }
}

extension Int32: TensorScalar {
  /// `int32`.
  public static var scalarType: ScalarType { .int32 }
}

extension UInt8: TensorScalar {
  /// `uint8`.
  public static var scalarType: ScalarType { .uint8 }
}

extension Bool: TensorScalar {
  /// `bool`.
  public static var scalarType: ScalarType { .bool }
}
