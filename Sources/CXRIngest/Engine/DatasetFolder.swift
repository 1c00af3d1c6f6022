// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The folder in which a dataset's files lie, plain or compressed.
struct DatasetFolder {
  let path: String

  init(path: String) throws(IngestError) {
    self.path = path
    guard Self.isFolder(path) else {
      throw IngestError(.missingInput, "There is no folder \(path); check --root.")
    }
  }

  /// The path of a file or folder below the root, or of the compressed form of a file.
  func path(of relativePath: String) -> String? {
    let plain = URL(filePath: path).appending(path: relativePath).path
    return [plain, plain + ".gz"].first { FileManager.default.fileExists(atPath: $0) }
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return exists && isFolder.boolValue
  }
}

/// The name of a file without its folder.
func fileName(of path: String) -> String { URL(filePath: path).lastPathComponent }
