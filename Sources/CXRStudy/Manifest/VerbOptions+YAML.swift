// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRYAML
internal import Yams

extension VerbOptions {
  /// Reads the options of a verb from a mapping: `true` is a flag, a list repeats an option or is
  /// joined by commas, a mapping is a list of `KEY=VALUE`.
  ///
  /// - Parameters:
  ///   - fields: The mapping; the caller closes it.
  ///   - verb: The verb.
  ///   - vocabulary: What options it has.
  ///   - own: Options that the study sets itself.
  init(
    _ fields: YAMLMapping, of verb: String, in vocabulary: VerbVocabulary,
    except own: Set<String> = []
  ) {
    line = fields.line
    guard let known = vocabulary.options[verb] else {
      fields.note("this cxr has no verb \(verb); take a version that has it")
      _ = fields.pairs
      return
    }
    let always: Set = ["catalog", "json", "dry-run", "replace", "resume", "help", "version"]
    let order = Dictionary(
      uniqueKeysWithValues: fields.keysUnasked.distinct.enumerated().map { ($1, $0) })
    let mine = known.filter { !own.contains($0.name) && !always.contains($0.name) }
    for option in mine {
      guard let node = fields.node(option.name) else { continue }
      if let values = Self.values(node, of: option, in: fields) { set(values) }
    }
    sort { order[$0, default: 0] }
  }

  private static func values(
    _ node: Node, of option: VerbVocabulary.Option, in fields: YAMLMapping
  ) -> Option? {
    guard option.takesValue else {
      return Option(
        name: option.name, values: [], isOff: !fields.flag(option.name))
    }
    if node.mapping != nil {
      let rows = fields.table(option.name) ?? []
      let pairs = rows.flatMap { row in row.values.map { "\(row.key)=\($0)" } }
      return Option(
        name: option.name, values: option.isRepeating ? pairs : [pairs.joined(separator: ",")])
    }
    guard let texts = fields.texts(option.name), !texts.isEmpty else { return nil }
    if texts.contains("") {
      fields.note("has an empty value; give one, or remove the key", at: option.name)
      return nil
    }
    let isList = texts.count > 1 && !option.isRepeating
    return Option(name: option.name, values: isList ? [texts.joined(separator: ",")] : texts)
  }
}
