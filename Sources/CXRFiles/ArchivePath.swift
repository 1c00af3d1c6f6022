// SPDX-License-Identifier: Apache-2.0

/// What a path inside an archive may look like.
enum ArchivePath {
  /// Whether a path stays inside the folder that an archive stands for.
  ///
  /// - Parameter path: The path of an entry.
  /// - Returns: `false` for an empty and an absolute path, and for one with a step upwards, a
  ///   backslash or a drive letter.
  static func isSafe(_ path: String) -> Bool {
    guard !path.isEmpty, !path.hasPrefix("/"), !path.contains("\\") else { return false }
    let steps = path.split(separator: "/")
    return !steps.contains("..") && steps.first?.hasSuffix(":") != true
  }
}
