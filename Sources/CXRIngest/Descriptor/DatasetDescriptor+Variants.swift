// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import Yams

extension DatasetDescriptor {
  /// Lays the chosen variants over the document, in the order in which it lists them.
  static func chosen(
    _ choices: [String: String], from root: Node, problems: DescriptorProblems
  ) -> Node {
    let variants = root.mapping?["variants"]?.mapping
    let known = variants?.keys.compactMap(\.scalar?.string) ?? []
    for key in choices.keys.sorted() where !known.contains(key) {
      let names = known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))"
      let nearest = known.nearest(to: key).map { "did you mean \($0)?" }
      problems.note(
        "the descriptor has no variant \(key); \(nearest ?? names)", key: "variants",
        line: root.mapping?["variants"]?.line ?? 1)
    }
    var document = root
    for (key, node) in variants ?? [:] {
      guard let name = key.scalar?.string, let options = node.mapping else {
        problems.note(
          "a mapping of choices is needed here", key: "variants", line: key.line)
        continue
      }
      guard let choice = choices[name] else { continue }
      guard let overlay = options[choice] else {
        let words = options.keys.compactMap(\.scalar?.string)
        let nearest = words.nearest(to: choice).map { "did you mean \($0)?" }
        problems.note(
          "\(name) has no choice \(choice); "
            + (nearest ?? "there are \(words.joined(separator: ", "))"),
          key: "variants.\(name)", line: key.line)
        continue
      }
      if !overlay.isNull { document = document.overlaid(by: overlay) }
    }
    return document
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
