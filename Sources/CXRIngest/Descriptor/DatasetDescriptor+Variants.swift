// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRYAML
internal import Yams

extension DatasetDescriptor {
  /// Lays the chosen variants over the document, in the order in which it lists them.
  static func chosen(
    _ choices: [String: String], from root: Node, problems: YAMLProblems
  ) -> Node {
    for (message, line) in unknownChoices(choices, in: root) {
      problems.note(message, key: "variants", line: line)
    }
    var document = root
    for (key, node) in root.mapping?["variants"]?.mapping ?? [:] {
      guard let name = key.scalar?.string, let options = node.mapping else {
        problems.note(
          "a mapping of choices is needed here", key: "variants", line: key.line)
        continue
      }
      guard let overlay = choices[name].flatMap({ options[$0] }), !overlay.isNull else { continue }
      document = document.overlaid(by: overlay)
    }
    return document
  }

  /// What is wrong with choices among the variants of a document, and the lines of those.
  private static func unknownChoices(
    _ choices: [String: String], in root: Node
  ) -> [(message: String, line: Int)] {
    let dataset = root.mapping?["name"]?.scalar?.string ?? "the dataset"
    let variants = root.mapping?["variants"]?.mapping ?? [:]
    let known = variants.keys.compactMap(\.scalar?.string)
    return choices.sorted { $0.key < $1.key }.compactMap { key, choice in
      guard let (node, options) = variants.first(where: { $0.key.scalar?.string == key }) else {
        let names = known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))"
        let nearest = known.nearest(to: key).map { "did you mean \($0)?" }
        return (
          "\(dataset) has no variant \(key); \(nearest ?? names)",
          root.mapping?["variants"]?.line ?? 1
        )
      }
      guard let options = options.mapping, options[choice] == nil else { return nil }
      let words = options.keys.compactMap(\.scalar?.string)
      let nearest = words.nearest(to: choice).map { "did you mean \($0)?" }
      return (
        "variant \(key) of \(dataset) has no choice \(choice); "
          + (nearest ?? "there are \(words.joined(separator: ", "))"), node.line
      )
    }
  }

  /// Checks that a descriptor has the choices that somebody makes.
  ///
  /// - Parameters:
  ///   - choices: Choices among the variants, by the variant's key.
  ///   - text: The YAML; one that cannot be read is left to the reader of the descriptor.
  /// - Throws: ``IngestError`` with code `.invalidOption`, naming the dataset and what it has.
  public static func checkChoices(
    _ choices: [String: String], inYAML text: String
  ) throws(IngestError) {
    guard !choices.isEmpty, let root = try? Yams.compose(yaml: text) else { return }
    let messages = unknownChoices(choices, in: root).map { "--set: \($0.message)" }
    guard messages.isEmpty else {
      throw IngestError(.invalidOption, messages.joined(separator: "\n"))
    }
  }

  /// The variants of a descriptor: the key of each, and its choices, the first of them the usual one.
  ///
  /// - Parameter text: The YAML.
  /// - Returns: The variants in the order of the document; none where the YAML cannot be read.
  public static func variants(
    inYAML text: String
  ) -> [(key: String, choices: [String])] {
    let variants = (try? Yams.compose(yaml: text))?.mapping?["variants"]?.mapping
    return (variants ?? [:]).compactMap { key, node in
      guard let name = key.scalar?.string, let options = node.mapping else { return nil }
      return (name, options.keys.compactMap(\.scalar?.string))
    }
  }
}
