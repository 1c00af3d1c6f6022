// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import Foundation
internal import Yams

extension CohortDefinition {
  /// Reads a definition in YAML.
  ///
  /// - Parameters:
  ///   - yaml: The text: `name`, `datasets` or `sources`, and the criteria.
  ///   - file: The name of the file, for messages.
  ///   - name: A name that takes the place of the file's.
  /// - Throws: ``CohortError`` with code `.invalidDefinition`, naming the line: for text that is no
  ///   YAML, for an unknown or a repeated key, for a value that a key may not have.
  public init(yaml: String, file: String, name: String? = nil) throws(CohortError) {
    let start = YAMLMapping.Place(file: file, line: 1)
    let node = try Self.node(yaml, file: file)
    let mapping = try YAMLMapping(
      node, of: "a cohort", keys: ["name", "datasets", "sources"] + CohortCriteria.keys, at: start)
    let common = try CohortCriteria(mapping, over: CohortCriteria())
    var sources: [Source] = []
    for (dataset, _) in try mapping.texts("datasets") {
      sources.append(Source(dataset: dataset, criteria: common))
    }
    sources += try Self.sources(mapping, common: common)
    let ownName = try mapping.text("name")
    guard let chosenName = name ?? ownName else {
      throw start.error("a cohort needs a name; add name: NAME.")
    }
    do {
      try self.init(name: chosenName, sources: sources)
    } catch {
      throw CohortError(error.code, "\(file): \(error.message)")
    }
  }

  /// Reads a definition from a file.
  ///
  /// - Parameters:
  ///   - path: The path of the YAML file.
  ///   - name: A name that takes the place of the file's.
  /// - Throws: `FileError` when the file cannot be read, ``CohortError`` with code
  ///   `.invalidDefinition` as for a text.
  public init(path: String, name: String? = nil) throws {
    let source = try ByteSource(path: path)
    var bytes: [UInt8] = []
    var chunk: [UInt8] = []
    while try source.read(into: &chunk) { bytes += chunk }
    let file = URL(filePath: path).lastPathComponent
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CohortError(.invalidDefinition, "\(file) is no UTF-8 text; save it as such.")
    }
    try self.init(yaml: text, file: file, name: name)
  }

  private static func sources(
    _ mapping: YAMLMapping, common: CohortCriteria
  ) throws(CohortError) -> [Source] {
    guard let (place, value) = mapping.node("sources") else { return [] }
    guard case .sequence(let sequence) = value else {
      throw place.error("sources must be a list; begin each entry with - dataset: NAME.")
    }
    var sources: [Source] = []
    for node in sequence {
      let source = try YAMLMapping(
        node, of: "a source", keys: ["dataset"] + CohortCriteria.keys, at: place)
      guard let dataset = try source.text("dataset") else {
        throw source.place.error("a source needs a dataset; add dataset: NAME.")
      }
      sources.append(
        Source(dataset: dataset, criteria: try CohortCriteria(source, over: common)))
    }
    return sources
  }

  /// Turns the complaints of the YAML library into messages that name the line.
  private static func node(_ yaml: String, file: String) throws(CohortError) -> Node {
    let start = YAMLMapping.Place(file: file, line: 1)
    do {
      guard let node = try Yams.compose(yaml: yaml) else {
        throw start.error("the file is empty; begin with name: NAME.")
      }
      return node
    } catch let error as CohortError {
      throw error
    } catch YamlError.scanner(_, let problem, let mark, _),
      YamlError.parser(_, let problem, let mark, _), YamlError.composer(_, let problem, let mark, _)
    {
      throw YAMLMapping.Place(file: file, line: mark.line).error("this is no YAML: \(problem).")
    } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
      throw YAMLMapping.Place(file: file, line: context.mark.line).error(
        "\(keys.joined(separator: ", ")) stands twice; write each key once.")
    } catch {
      throw start.error("this is no YAML; save the file as UTF-8 text.")
    }
  }
}
