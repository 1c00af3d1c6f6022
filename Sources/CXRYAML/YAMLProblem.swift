// SPDX-License-Identifier: Apache-2.0

/// Something that is wrong with a YAML file, and how to put it right.
public struct YAMLProblem: Codable, Hashable, Sendable, CustomStringConvertible {
  /// The name of the file.
  public let file: String
  /// The line, counted from 1.
  public let line: Int
  /// Where in the document, such as `labels.map`; empty for the document itself.
  public let key: String
  /// What was expected, what was found, and the remedy.
  public let message: String

  /// One line: place, key and message.
  public var description: String {
    "\(file):\(line): " + (key.isEmpty ? "" : "\(key): ") + message
  }
}
