// SPDX-License-Identifier: Apache-2.0

/// Collects what is wrong with a YAML file, so that all of it can be told at once.
package final class YAMLProblems {
  private let file: String
  private var problems: [YAMLProblem] = []

  /// Creates an empty collection.
  package init(file: String) { self.file = file }

  /// The problems by line.
  package var byLine: [YAMLProblem] {
    problems.sorted { ($0.line, $0.key) < ($1.line, $1.key) }
  }

  package func note(_ message: String, key: String, line: Int) {
    problems.append(YAMLProblem(file: file, line: line, key: key, message: message))
  }
}
