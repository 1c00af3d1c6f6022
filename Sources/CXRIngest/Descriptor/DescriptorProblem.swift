// SPDX-License-Identifier: Apache-2.0

/// Something that is wrong with a dataset descriptor, and how to put it right.
public struct DescriptorProblem: Codable, Hashable, Sendable, CustomStringConvertible {
  /// The name of the descriptor's file.
  public let file: String
  /// The line, counted from 1.
  public let line: Int
  /// Where in the descriptor, such as `labels.map`.
  public let key: String
  /// What was expected, what was found, and the remedy.
  public let message: String

  /// One line: place, key and message.
  public var description: String { "\(file):\(line): \(key): \(message)" }
}

/// Collects what is wrong with a descriptor, so that all of it can be told at once.
final class DescriptorProblems {
  let file: String
  private(set) var problems: [DescriptorProblem] = []

  init(file: String) { self.file = file }

  func note(_ message: String, key: String, line: Int) {
    problems.append(DescriptorProblem(file: file, line: line, key: key, message: message))
  }

  /// Throws when there is any problem.
  ///
  /// - Throws: ``DescriptorError`` with the problems by line.
  func check() throws(DescriptorError) {
    guard problems.isEmpty else {
      throw DescriptorError(problems: problems.sorted { ($0.line, $0.key) < ($1.line, $1.key) })
    }
  }
}

/// An error raised when a descriptor cannot be used: everything that is wrong with it.
public struct DescriptorError: Error, Sendable, CustomStringConvertible {
  /// What is wrong, by line; at least one problem.
  public let problems: [DescriptorProblem]

  /// One line per problem.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
