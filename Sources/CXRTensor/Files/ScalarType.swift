// SPDX-License-Identifier: Apache-2.0
public import CXRFiles

/// A type of the numbers in a tensor; the raw value is PyTorch's name.
///
///     ScalarType.bfloat16.byteCount  // 2
///     ScalarType(safetensorsName: "BF16")  // .bfloat16
public enum ScalarType: String, CaseIterable, Sendable, CustomStringConvertible {
  /// Truth values of a byte each.
  case bool
  /// Unsigned, 8 bits.
  case uint8
  /// Unsigned, 16 bits.
  case uint16
  /// Unsigned, 32 bits.
  case uint32
  /// Unsigned, 64 bits.
  case uint64
  /// Signed, 8 bits.
  case int8
  /// Signed, 16 bits.
  case int16
  /// Signed, 32 bits.
  case int32
  /// Signed, 64 bits.
  case int64
  /// IEEE 754, 16 bits.
  case float16
  /// The upper half of an IEEE 754 number of 32 bits.
  case bfloat16
  /// IEEE 754, 32 bits.
  case float32
  /// IEEE 754, 64 bits.
  case float64
  /// 4 bits of exponent, 3 of mantissa, no infinities; carried from file to file, never read.
  case float8E4M3 = "float8_e4m3fn"
  /// 5 bits of exponent, 2 of mantissa; carried from file to file, never read.
  case float8E5M2 = "float8_e5m2"

  /// Finds a type by its name in a safetensors header.
  ///
  /// - Parameter name: Such as `F32`.
  public init?(safetensorsName name: String) {
    guard let type = Self.allCases.first(where: { $0.safetensorsName == name }) else { return nil }
    self = type
  }

  /// Finds the type that a NumPy file holds.
  ///
  /// - Parameter element: The type of the elements, by NumPy's name.
  public init(_ element: NPYHeader.Element) {
    self =
      switch element {
      case .bool: .bool
      case .uint8: .uint8
      case .uint16: .uint16
      case .uint32: .uint32
      case .uint64: .uint64
      case .int8: .int8
      case .int16: .int16
      case .int32: .int32
      case .int64: .int64
      case .float16: .float16
      case .float32: .float32
      case .float64: .float64
      }
  }

  /// PyTorch's name.
  public var description: String { rawValue }

  /// The bytes of one number.
  public var byteCount: Int {
    switch self {
    case .bool, .uint8, .int8, .float8E4M3, .float8E5M2: 1
    case .uint16, .int16, .float16, .bfloat16: 2
    case .uint32, .int32, .float32: 4
    case .uint64, .int64, .float64: 8
    }
  }

  /// The name in a safetensors header, such as `F32`.
  public var safetensorsName: String {
    switch self {
    case .bool: "BOOL"
    case .uint8: "U8"
    case .uint16: "U16"
    case .uint32: "U32"
    case .uint64: "U64"
    case .int8: "I8"
    case .int16: "I16"
    case .int32: "I32"
    case .int64: "I64"
    case .float16: "F16"
    case .bfloat16: "BF16"
    case .float32: "F32"
    case .float64: "F64"
    case .float8E4M3: "F8_E4M3"
    case .float8E5M2: "F8_E5M2"
    }
  }

  /// The type in a NumPy file, or `nil` where NumPy has none.
  public var numPyElement: NPYHeader.Element? {
    NPYHeader.Element.allCases.first { ScalarType($0) == self }
  }

  /// Counts the bytes of a tensor.
  ///
  /// - Parameter shape: The lengths of the axes.
  /// - Returns: The bytes, or `nil` for a negative length and for more than `Int` can count.
  func byteCount(ofShape shape: [Int]) -> Int? {
    guard shape.allSatisfy({ $0 >= 0 }) else { return nil }
    // Beside an axis of length 0 the others must be sane too: whoever uses the shape multiplies them.
    var product = byteCount
    for length in shape where length > 0 {
      let (next, overflows) = product.multipliedReportingOverflow(by: length)
      guard !overflows else { return nil }
      product = next
    }
    return shape.contains(0) ? 0 : product
  }
}
