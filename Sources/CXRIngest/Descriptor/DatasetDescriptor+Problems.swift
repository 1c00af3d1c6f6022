// SPDX-License-Identifier: Apache-2.0
public import CXRYAML

extension DatasetDescriptor {
  /// Finds everything that is wrong with a descriptor, in all of its variants.
  ///
  /// - Parameters:
  ///   - text: The YAML.
  ///   - fileName: The name of the file, for messages.
  ///   - choices: Choices among the variants that are laid below each of the others.
  /// - Returns: The problems by line; none for a descriptor that can be used.
  /// - Complexity: O(*n* · *v*) for *n* lines and *v* choices.
  public static func problems(
    inYAML text: String, fileName: String, choices: [String: String] = [:]
  ) -> [YAMLProblem] {
    var problems: Set<YAMLProblem> = []
    func read(_ choices: [String: String]) {
      do throws(DescriptorError) {
        _ = try DatasetDescriptor(yaml: text, fileName: fileName, choices: choices)
      } catch {
        problems.formUnion(error.problems)
      }
    }
    read(choices)
    for (key, words) in variants(inYAML: text) {
      for word in words { read(choices.merging([key: word]) { $1 }) }
    }
    return problems.sorted { ($0.line, $0.key, $0.message) < ($1.line, $1.key, $1.message) }
  }
}
