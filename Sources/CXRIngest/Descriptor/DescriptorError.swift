// SPDX-License-Identifier: Apache-2.0
public import CXRYAML

/// An error raised when a descriptor cannot be used: everything that is wrong with it.
public struct DescriptorError: Error, Sendable, CustomStringConvertible {
  /// What is wrong, by line; at least one problem.
  public let problems: [YAMLProblem]

  /// One line per problem.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}

extension YAMLProblems {
  /// Throws when there is any problem.
  ///
  /// - Throws: ``DescriptorError`` with the problems by line.
  func check() throws(DescriptorError) {
    let problems = byLine
    guard problems.isEmpty else { throw DescriptorError(problems: problems) }
  }
}
