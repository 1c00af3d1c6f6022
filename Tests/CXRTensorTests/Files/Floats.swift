// SPDX-License-Identifier: Apache-2.0
import CXRTensor

/// The bytes of floats of 32 bits.
func floatBytes(_ values: [Float]) -> [UInt8] {
  values.flatMap { StoredZip.little(Int($0.bitPattern), 4) }
}

extension StoredTensor {
  /// A tensor of floats of 32 bits.
  init(_ name: String, _ shape: [Int], _ values: [Float]) {
    self.init(name: name, scalarType: .float32, shape: shape, bytes: floatBytes(values))
  }

  /// The bytes, copied.
  var copiedBytes: [UInt8] {
    withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Array($0) } }
  }
}
