// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRImage

/// Image files that are decoded and shrunk to 224 × 224.
struct PictureFiles: Sendable {
  private let paths: [String]

  init(below folder: String, suffix: String) throws {
    let walk = try FolderWalk(path: folder, suffixes: [suffix])
    var paths: [String] = []
    while let path = try walk.next() { paths.append("\(folder)/\(path)") }
    self.paths = paths
  }

  /// Decodes every file, on one thread.
  func decode() throws {
    for path in paths {
      _ = try GrayImage(contentsOf: path, shrinkingTo: 224)
        .transformed(by: .resize(.square(224), .area))
    }
  }
}
