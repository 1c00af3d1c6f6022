// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
package import CXRYAML
internal import Foundation

extension CohortDefinition {
  /// Reads a definition in YAML.
  ///
  /// - Parameters:
  ///   - yaml: The text: `name`, `datasets` or `sources`, and the criteria.
  ///   - file: The name of the file, for messages.
  ///   - name: A name that takes the place of the file's.
  /// - Throws: ``CohortError`` with code `.invalidDefinition` and everything that is wrong, one problem
  ///   a line with file, line and key: text that is no YAML, unknown and repeated keys, values that a
  ///   key may not have.
  public init(yaml: String, file: String, name: String? = nil) throws(CohortError) {
    let problems = YAMLProblems(file: file)
    let document = YAMLDocument.compose(
      yaml, whenEmpty: "begin with name: NAME", problems: problems)
    let fields = document.flatMap { YAMLMapping($0, path: "", problems: problems) }
    let sources = fields.map(Self.sources) ?? []
    let ownName = fields?.text("name")
    if name == nil, let fields, !fields.has("name") {
      fields.note("is missing; add name: NAME", at: "name")
    }
    fields?.close()
    let messages = problems.byLine.map(\.description)
    guard messages.isEmpty else {
      throw CohortError(.invalidDefinition, messages.joined(separator: "\n"))
    }
    do {
      try self.init(name: name ?? ownName ?? "", sources: sources)
    } catch {
      throw CohortError(error.code, "\(file): \(error.message)")
    }
  }

  /// Reads a definition that is a part of a larger document; `nil` after what is wrong was noted.
  ///
  /// - Parameters:
  ///   - fields: The mapping: `datasets` or `sources`, and the criteria; it is closed here.
  ///   - name: The name of the cohort.
  package init?(_ fields: YAMLMapping, name: String) {
    let sources = Self.sources(fields)
    fields.close()
    do {
      try self.init(name: name, sources: sources)
    } catch {
      fields.note(error.message)
      return nil
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

  private static func sources(_ fields: YAMLMapping) -> [Source] {
    let common = CohortCriteria(fields, over: CohortCriteria())
    let datasets = fields.names("datasets").map { Source(dataset: $0, criteria: common) }
    return datasets
      + fields.mappings("sources").map { source in
        let criteria = CohortCriteria(source, over: common)
        let dataset = source.requiredText("dataset", remedy: "add dataset: NAME")
        source.close()
        return Source(dataset: dataset, criteria: criteria)
      }
  }
}
