// SPDX-License-Identifier: Apache-2.0

extension ScalarType {
  /// libtorch's number of the type, as in `c10/core/ScalarType.h`.
  var torchNumber: Int8 {
    switch self {
    case .uint8: 0
    case .int8: 1
    case .int16: 2
    case .int32: 3
    case .int64: 4
    case .float16: 5
    case .float32: 6
    case .float64: 7
    case .bool: 11
    case .bfloat16: 15
    }
  }

  /// The type with libtorch's number.
  ///
  /// - Precondition: The number is that of a case; operators here give no other type.
  init(torchNumber: Int8) {
    switch torchNumber {
    case 0: self = .uint8
    case 1: self = .int8
    case 2: self = .int16
    case 3: self = .int32
    case 4: self = .int64
    case 5: self = .float16
    case 6: self = .float32
    case 7: self = .float64
    case 11: self = .bool
    case 15: self = .bfloat16
    default: preconditionFailure("tensors of libtorch's element type \(torchNumber) are not read")
    }
  }
}
