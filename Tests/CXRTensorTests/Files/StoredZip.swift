// SPDX-License-Identifier: Apache-2.0

/// A zip archive whose entries are stored as they are, made byte by byte.
enum StoredZip {
  /// Makes an archive.
  static func bytes(_ entries: [(path: String, content: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for (path, content) in entries {
      let name = Array(path.utf8)
      // Version 2.0, names in UTF-8, stored, the first date that zip knows.
      var common: [UInt8] = little(20, 2) + little(1 << 11, 2) + little(0, 2) + little(0, 2)
      common += little(33, 2) + little(checksum(content), 4) + little(content.count, 4)
      common += little(content.count, 4) + little(name.count, 2) + little(0, 2)
      directory += little(0x0201_4B50, 4) + little(20, 2) + common + little(0, 6)
      directory += little(0, 4) + little(archive.count, 4) + name
      archive += little(0x0403_4B50, 4) + common + name + content
    }
    let start = archive.count
    archive += directory + little(0x0605_4B50, 4) + little(0, 4) + little(entries.count, 2)
    archive += little(entries.count, 2) + little(directory.count, 4) + little(start, 4)
    return archive + little(0, 2)
  }

  /// A number of `count` bytes, the lowest first.
  static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  private static func checksum(_ bytes: [UInt8]) -> Int {
    var sum: UInt32 = .max
    for byte in bytes { sum = table[Int((sum ^ UInt32(byte)) & 255)] ^ (sum >> 8) }
    return Int(~sum)
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { word, _ in
      word & 1 == 0 ? word >> 1 : 0xEDB8_8320 ^ (word >> 1)
    }
  }
}
