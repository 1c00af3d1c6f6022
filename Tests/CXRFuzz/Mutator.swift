// SPDX-License-Identifier: Apache-2.0
import CXRCore

/// Damages files, the same way for the same number.
struct Mutator {
  /// The intact files.
  let files: [[UInt8]]

  /// Numbers that programs stumble over.
  private static let numbers: [UInt32] = [
    0, 1, 2, 3, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000, 0x7FFF_FFFF,
    0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF,
  ]

  /// Returns a damaged file.
  ///
  /// - Parameters:
  ///   - seed: The seed of the run.
  ///   - purpose: What the input is for.
  ///   - number: The number of the input.
  /// - Returns: The bytes.
  func input(seed: UInt64, purpose: String, number: Int) -> [UInt8] {
    var draws = Draws(stream: RandomStream(seed: seed, purpose: "fuzz.\(purpose)", index: number))
    var bytes = files[draws.index(below: files.count)]
    for _ in 0...draws.index(below: 6) { damage(&bytes, &draws) }
    // Damaged checksums would keep most of a PNG from being looked at.
    if draws.index(below: 4) > 0 { PNGChecksums.repair(&bytes) }
    return bytes
  }

  private func damage(_ bytes: inout [UInt8], _ draws: inout Draws) {
    guard bytes.count > 8 else { return }
    let position = draws.index(below: bytes.count)
    let count = 1 + draws.index(below: min(24, bytes.count - position))
    switch draws.index(below: 10) {
    case 0, 1: bytes[position] = UInt8(draws.index(below: 256))
    case 2, 3: bytes[position] ^= 1 << UInt8(draws.index(below: 8))
    case 4, 5:
      let number = Self.numbers[draws.index(below: Self.numbers.count)]
      let size = [1, 2, 4][draws.index(below: 3)]
      let isBigEndian = draws.index(below: 2) == 0
      for index in 0..<size where position + index < bytes.count {
        let shift = UInt32(8 * (isBigEndian ? size - 1 - index : index))
        bytes[position + index] = UInt8(truncatingIfNeeded: number >> shift)
      }
    case 6: bytes.removeSubrange(position..<position + count)
    case 7:
      let source = draws.index(below: bytes.count - count + 1)
      bytes.insert(contentsOf: Array(bytes[source..<source + count]), at: position)
    case 8:
      let other = files[draws.index(below: files.count)]
      let start = draws.index(below: other.count)
      bytes.replaceSubrange(position..<position + count, with: other[start...].prefix(count))
    default: bytes.removeLast(draws.index(below: bytes.count - 8))
    }
  }
}

/// Draws from a stream, one after the other.
private struct Draws {
  let stream: RandomStream
  private var position = 0

  init(stream: RandomStream) { self.stream = stream }

  mutating func index(below count: Int) -> Int {
    position += 1
    return stream.index(at: position, below: count)
  }
}
