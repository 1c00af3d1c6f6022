// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import CXRYAML
import Testing

@testable import CXRIngest

@Suite("The document of the language of descriptors")
struct DescriptorSchemaTests {
  /// A descriptor with a key that is none in each of its mappings.
  private static let everyMapping = """
    schema: 1
    name: a
    qqqqqq: 1
    tables:
      images: {file: a.csv, qqqqqq: 1}
      b: {file: b.csv, join: {column: {column: k, qqqqqq: 1}, to: k, qqqqqq: 1}}
    image: {id: x, qqqqqq: 1}
    acquired: {date: d, qqqqqq: 1}
    view: [{constant: PA, qqqqqq: 1}]
    sex: {column: s, qqqqqq: 1}
    age: {anchor: {age: a, year: y, qqqqqq: 1}, at: d, qqqqqq: 1}
    race: {column: r, cases: [{group: White, prefix: W, qqqqqq: 1}], qqqqqq: 1}
    labels: {kind: flags, map: {a: }, states: {qqqqqq: 1}, qqqqqq: 1}
    votes: {reader: r, qqqqqq: 1}
    reports: {table: b, qqqqqq: 1}
    boxes: {table: b, image: i, label: l, x: x, y: y, width: w, height: h, qqqqqq: 1}
    exclusions: [{reason: r, images: [i], qqqqqq: 1}]
    attributes: {u: {column: c, qqqqqq: 1}}
    """

  /// The sections of the document in which the mappings of that descriptor are explained.
  private static let sectionByPath = [
    "tables.images": "tables.NAME", "tables.b.join": "tables.NAME.join",
    "tables.b.join.column": "column", "view[0]": "view[]", "race.cases[0]": "race.cases[]",
    "exclusions[0]": "exclusions[]", "attributes.u": "attributes.NAME",
  ]

  /// The keys that the reader knows, by section: it lists them when it meets one that is none.
  private func knownKeys() throws -> [String: Set<String>] {
    let error = #expect(throws: DescriptorError.self) {
      try DatasetDescriptor(yaml: Self.everyMapping, fileName: "a.yaml")
    }
    var keys: [String: Set<String>] = [:]
    for problem in try #require(error).problems {
      let list = try #require(
        problem.message.split(separator: "known are ").dropFirst().first, "\(problem)")
      let path = problem.key.split(separator: ".").dropLast().joined(separator: ".")
      keys[Self.sectionByPath[path] ?? path] = Set(
        list.split(separator: ", ").map { String($0) })
    }
    return keys
  }

  /// The keys that the document explains, by section.
  private func documentedKeys() -> [String: Set<String>] {
    var keys: [String: Set<String>] = [:]
    var section: String?
    for line in DatasetDescriptor.schemaText.split(separator: "\n") {
      let quoted = line.split(separator: "`", omittingEmptySubsequences: false)
      if line.hasPrefix("## ") {
        section = line == "## Top level" ? "" : quoted.dropFirst().first.map { String($0) }
      } else if line.hasPrefix("- `"), let section, quoted.count > 2, quoted[2].hasPrefix(":") {
        keys[section, default: []].insert(String(quoted[1]))
      }
    }
    return keys
  }

  @Test("Explains every key that the reader knows, and no other")
  func completeness() throws {
    let known = try knownKeys()
    let documented = documentedKeys()
    #expect(known.count == 19)
    #expect(known.keys.sorted() == documented.keys.sorted())
    for section in known.keys.sorted() {
      #expect(
        known[section]?.sorted() == documented[section]?.sorted(), "section \(section)")
    }
  }

  @Test("Fits into 100 columns, and its example is a correct descriptor")
  func example() throws {
    let text = DatasetDescriptor.schemaText
    for line in text.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
    let example = try #require(text.split(separator: "```yaml\n").dropFirst().first)
      .split(separator: "```")[0]
    #expect(DatasetDescriptor.problems(inYAML: String(example), fileName: "e.yaml").isEmpty)
  }

  @Test(
    "All built-in descriptors are correct in all their variants",
    arguments: DatasetDescriptor.builtInNames)
  func builtIn(_ name: String) throws {
    let text = try DatasetDescriptor.builtInText(name)
    #expect(DatasetDescriptor.problems(inYAML: text, fileName: name).isEmpty)
    let summary = try DatasetDescriptor.builtIn(name).summary
    #expect(summary.licence != nil && summary.citation != nil && !summary.views.isEmpty)
    #expect(summary.annotatedFindings.contains("Pneumonia"))
  }
}
