// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTestSupport
import Foundation

extension TemporaryFolder {
  /// The digests of the files in a folder within this one, by name.
  func digests(of name: String) throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: path(name))
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try FileDigest(path: path("\(name)/\($0)")).sha256) })
  }
}
