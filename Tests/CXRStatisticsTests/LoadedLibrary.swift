// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Finds out which file a symbol of this process comes from.
enum LoadedLibrary {
  /// Returns the path of the library that answers calls to a symbol.
  static func path(ofSymbol name: String) throws -> String? {
    guard let symbol = unsafe dlsym(nil, name) else { return nil }
    let address = UInt(bitPattern: symbol)
    // Each line reads: start-end permissions offset device inode path.
    // The kernel makes the file up while it is read, so its size is 0: read to the end.
    let handle = try FileHandle(forReadingFrom: URL(filePath: "/proc/self/maps"))
    let maps = String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
    for line in maps.split(separator: "\n") {
      let fields = line.split(separator: " ")
      let ends: [UInt] = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
      if fields.count > 5, ends[0] <= address, address < ends[1] { return String(fields[5]) }
    }
    return nil
  }
}
