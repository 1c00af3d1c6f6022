// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

extension StateDictionary {
  /// A digest of the names and the bits of the numbers, on whatever device they are.
  ///
  /// - Throws: ``TensorError`` if memory is short.
  /// - Complexity: O(bytes).
  public func digest() throws(TensorError) -> String {
    var lines: [String] = []
    for entry in entries {
      let stored = try entry.tensor.stored(named: entry.name)
      let digest = unsafe stored.withUnsafeBytes { bytes in unsafe FileDigest.sha256(of: bytes) }
      lines.append("\(entry.name) \(digest)")
    }
    return FileDigest.sha256(of: lines.joined(separator: "\n"))
  }
}
