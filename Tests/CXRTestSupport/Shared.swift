// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// Reference material that may lie beside the repository; tests that need it are skipped without it.
public enum Shared {
  /// The folder `shared` beside the package, or `nil` when it is absent.
  public static let folder: URL? = {
    let package = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = package.deletingLastPathComponent().appending(path: "shared")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()

  /// Whether the reference material is at hand; use with `.enabled(if:)`.
  public static var isPresent: Bool { folder != nil }

  /// Returns the URL of a file of the reference material.
  ///
  /// - Parameter path: A path below the folder, such as `goldens/golden_rng.json`.
  /// - Returns: The URL.
  /// - Throws: `CocoaError` when the folder is absent.
  public static func url(_ path: String) throws -> URL {
    guard let folder else { throw CocoaError(.fileNoSuchFile) }
    return folder.appending(path: path)
  }
}
