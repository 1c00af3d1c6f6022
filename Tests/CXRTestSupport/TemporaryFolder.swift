// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// A fresh folder for one test, removed with everything in it when the test lets go of it.
public final class TemporaryFolder: Sendable {
  /// The folder.
  public let url: URL

  /// Creates the folder.
  ///
  /// - Throws: Whatever the file system throws.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "cxr-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The names in the folder, sorted.
  public var fileNames: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
  }

  /// Returns the path of a file in the folder.
  ///
  /// - Parameter name: The name of the file.
  /// - Returns: The path.
  public func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes a text file.
  ///
  /// - Parameters:
  ///   - text: The content.
  ///   - name: The name of the file.
  /// - Returns: The path.
  /// - Throws: Whatever the file system throws.
  @discardableResult
  public func write(_ text: String, to name: String) throws -> String {
    try write(Data(text.utf8), to: name)
  }

  /// Writes a file.
  ///
  /// - Parameters:
  ///   - data: The content.
  ///   - name: The name of the file.
  /// - Returns: The path.
  /// - Throws: Whatever the file system throws.
  @discardableResult
  public func write(_ data: Data, to name: String) throws -> String {
    try data.write(to: url.appending(path: name))
    return path(name)
  }
}
