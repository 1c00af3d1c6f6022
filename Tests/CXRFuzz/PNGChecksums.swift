// SPDX-License-Identifier: Apache-2.0
import CZlib

/// The checksums of the chunks of a PNG file.
enum PNGChecksums {
  /// Makes the checksums of all whole chunks right, up to the first that is not whole.
  ///
  /// - Parameter bytes: A file; left alone if it is no PNG.
  static func repair(_ bytes: inout [UInt8]) {
    guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return }
    var position = 8
    while position + 12 <= bytes.count {
      let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      let end = position + 8 + length
      guard end + 4 <= bytes.count else { return }
      let sum = unsafe bytes[position + 4..<end].withUnsafeBufferPointer {
        unsafe crc32(0, $0.baseAddress, UInt32($0.count))
      }
      for index in 0..<4 { bytes[end + index] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * index)) }
      position = end + 4
    }
  }
}
