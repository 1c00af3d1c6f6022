// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import Yams

/// A mapping of a YAML file whose keys are all known; complaints name file and line.
///
/// Scalars are taken as they are written, so that `No` stays a word.
struct YAMLMapping {
  /// A place in a file.
  struct Place {
    let file: String
    let line: Int

    func error(_ message: String) -> CohortError {
      CohortError(.invalidDefinition, "\(file):\(line): \(message)")
    }
  }

  /// Where the mapping begins.
  let place: Place
  private let pairs: [(key: String, place: Place, value: Node)]

  /// Reads a mapping.
  ///
  /// - Parameters:
  ///   - node: What stands in the file.
  ///   - subject: What the mapping describes, such as `age`.
  ///   - keys: The keys it may have, or `nil` for any.
  ///   - place: Where the mapping is expected.
  /// - Throws: ``CohortError`` with code `.invalidDefinition`.
  init(_ node: Node, of subject: String, keys: [String]?, at place: Place) throws(CohortError) {
    guard case .mapping(let mapping) = node else {
      throw place.error(
        "\(subject) must be a mapping of keys to values"
          + (keys.map { ", such as \($0.first ?? ""): …." } ?? "."))
    }
    self.place = Place(file: place.file, line: mapping.mark?.line ?? place.line)
    var pairs: [(key: String, place: Place, value: Node)] = []
    for (key, value) in mapping {
      let line = key.mark?.line ?? self.place.line
      let here = Place(file: place.file, line: line)
      guard let word = key.scalar?.string else { throw here.error("a key must be a word.") }
      if let keys, !keys.contains(word) {
        let suggestion = keys.nearest(to: word).map { "did you mean \($0)?" }
        throw here.error(
          "\(subject) has no key \(word); "
            + (suggestion ?? "the keys are \(keys.joined(separator: ", "))."))
      }
      pairs.append((word, here, value))
    }
    self.pairs = pairs
  }

  /// The keys in the order of the file.
  var keys: [String] { pairs.map(\.key) }

  /// The value of a key, unless it is absent.
  func node(_ key: String) -> (place: Place, value: Node)? {
    pairs.first { $0.key == key }.map { ($0.place, $0.value) }
  }

  /// The word or number of a key, unless it is absent.
  func text(_ key: String) throws(CohortError) -> String? {
    guard let (place, value) = node(key) else { return nil }
    guard let text = value.scalar?.string, !text.isEmpty else {
      throw place.error("\(key) must be one word or number.")
    }
    return text
  }

  /// The number of a key, unless it is absent.
  func number<Number: LosslessStringConvertible>(
    _ key: String, as type: Number.Type
  ) throws(CohortError) -> Number? {
    guard let text = try text(key), let place = node(key)?.place else { return nil }
    guard let number = Number(text) else { throw place.error("\(key) must be a number.") }
    return number
  }

  /// The words of a key: a list, or one word that stands for a list of one.
  func texts(_ key: String) throws(CohortError) -> [(text: String, place: Place)] {
    guard let (place, value) = node(key) else { return [] }
    let nodes: [Node]
    if case .sequence(let sequence) = value { nodes = Array(sequence) } else { nodes = [value] }
    var texts: [(text: String, place: Place)] = []
    for node in nodes {
      let here = Place(file: place.file, line: node.mark?.line ?? place.line)
      guard let text = node.scalar?.string, !text.isEmpty else {
        throw here.error("\(key) must be a word or a list of words.")
      }
      texts.append((text, here))
    }
    return texts
  }

  /// The words of a key as values of a type.
  func values<Value: Hashable>(
    _ key: String, among words: [String], _ value: (String) -> Value?
  ) throws(CohortError) -> [Value] {
    var values: [Value] = []
    for (text, place) in try texts(key) {
      guard let value = value(text) else {
        let suggestion = words.nearest(to: text).map { "did you mean \($0)?" }
        throw place.error(
          "\(key) has no \(text); " + (suggestion ?? "there is \(words.joined(separator: ", "))."))
      }
      values.append(value)
    }
    return values.distinct
  }
}
