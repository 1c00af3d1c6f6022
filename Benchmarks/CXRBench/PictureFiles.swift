// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRImage
import Foundation

/// Image files that are decoded and shrunk to 224 × 224.
struct PictureFiles: Sendable {
  private let paths: [String]

  init(below folder: String, suffix: String) throws {
    let walk = try FolderWalk(path: folder, suffixes: [suffix])
    var paths: [String] = []
    while let path = try walk.next() { paths.append("\(folder)/\(path)") }
    self.paths = paths
  }

  /// Builds a store of 224 × 224 out of every file, where there was none, and removes it.
  func buildStore(at folder: String, threads: Int) async throws {
    let files = paths.map { RadiographFile(dataset: "bench", imageName: $0, path: $0) }
    try? FileManager.default.removeItem(atPath: folder)
    _ = try await ImageStoreBuilder(files, preparation: StorePreparation(side: 224))
      .build(at: folder, threads: threads)
    try FileManager.default.removeItem(atPath: folder)
  }

  /// Decodes every file, on one thread.
  func decode() throws {
    for path in paths {
      _ = try GrayImage(contentsOf: path, shrinkingTo: 224)
        .transformed(by: .resize(.square(224), .area))
    }
  }
}
