// SPDX-License-Identifier: Apache-2.0

extension ScalarType {
  /// The type in which sums and statistics of such numbers are worked out: float32, or float64 of
  /// float64.
  var ofSums: ScalarType { self == .float64 ? .float64 : .float32 }

  /// libtorch's number of the type, as in its `ScalarType.h`.
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
    case .float8E5M2: 23
    case .float8E4M3: 24
    case .uint16: 27
    case .uint32: 28
    case .uint64: 29
    }
  }

  /// The type with libtorch's number.
  ///
  /// - Precondition: The number is that of a case; operators here give no other type.
  init(torchNumber: Int8) {
    guard let type = Self.allCases.first(where: { $0.torchNumber == torchNumber }) else {
      preconditionFailure("tensors of libtorch's element type \(torchNumber) are not read")
    }
    self = type
  }
}
