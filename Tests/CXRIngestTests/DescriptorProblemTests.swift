// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import CXRYAML
import Testing

@testable import CXRIngest

@Suite("What is wrong with a descriptor")
struct DescriptorProblemTests {
  /// Reads a descriptor that must be refused.
  private func problems(_ text: String) throws -> [YAMLProblem] {
    let error = #expect(throws: DescriptorError.self) {
      try DatasetDescriptor(yaml: text, fileName: "my.yaml")
    }
    return try #require(error).problems
  }

  static let planted = """
    schema: 1
    name: my-hospital
    titel: A hospital
    tables:
      images: {file: ../export.csv}
      extra: {file: extra.csv}
    image:
      path: "{image}"
    patient: {column: Patient, pattern: "([0-9]+"}
    study: [A, B]
    view:
      - column: Projection
        map:
          PA: PA
          LAT: latteral
    sex: {column: {table: extra, column: Sex}}
    age: {value: {table: extras, column: Age}, limit: eighty}
    labels:
      kind: list
      column: Findings
      map:
        pneumonia: Pneumonia
        effusion: Plural Effusion
        pneumonia: Edema
    """

  @Test("Ten and more planted mistakes are all told, each with line, key and remedy")
  func plantedMistakes() throws {
    let problems = try problems(Self.planted)
    let expected: [(line: Int, key: String, says: String, remedy: String)] = [
      (3, "titel", "there is no such key", "did you mean title?"),
      (5, "tables.images.file", "../export.csv leaves the root", "give a path below it"),
      (7, "image.id", "is missing", "name the column that identifies the image"),
      (9, "patient.pattern", "no regular expression", "close its brackets"),
      (10, "study", "a mapping of keys is needed here", "name of a column"),
      (15, "view[0].map.LAT", "latteral is not known here", "did you mean lateral?"),
      (16, "sex.column.table", "table extra is not joined", "give it join: {column: …, to: …}"),
      (17, "age.limit", "eighty is no number", "write one such as 90"),
      (17, "age.value.table", "there is no table extras", "did you mean extra?"),
      (23, "labels.map.effusion", "none of the 14 findings", "did you mean Pleural Effusion?"),
      (24, "labels.map.pneumonia", "stands here a second time", "keep one"),
    ]
    #expect(problems.map(\.line) == expected.map(\.line))
    #expect(problems.map(\.key) == expected.map(\.key))
    for (problem, expected) in zip(problems, expected) {
      #expect(problem.message.contains(expected.says), "\(problem)")
      #expect(problem.message.contains(expected.remedy), "\(problem)")
      #expect(problem.description.hasPrefix("my.yaml:\(expected.line): \(expected.key): "))
    }
  }

  @Test("A text that is no YAML is refused with the line of the mistake")
  func syntax() throws {
    let problem = try problems("schema: 1\nname: [a, b\ntables: {}\n").first
    #expect(problem?.line == 3 && problem?.key == "YAML")
    #expect(problem?.message.contains("check the indentation") == true)
    #expect(try problems("").first?.message.contains("empty") == true)
  }

  @Test("A key that stands three times, or in a variant that is not chosen, is told")
  func repeatedKeys() throws {
    let text = """
      schema: 1
      name: a
      name: b
      tables: {images: {file: a.csv}}
      "name": c
      image: {id: x}
      view: [{constant: PA}]
      variants:
        labels:
          other: {title: a, title: b}
      """
    let problems = try problems(text)
    #expect(problems.map(\.line) == [3, 5, 10])
    #expect(problems.map(\.key) == ["name", "name", "variants.labels.other.title"])
  }

  /// A correct descriptor with some lines more.
  private static func descriptor(_ lines: String) -> String {
    "schema: 1\nname: a\ntables: {images: {file: a.csv}, b: {file: b.csv}}\nimage: {id: x}\n"
      + "view: [{constant: PA}]\n" + lines
  }

  @Test(
    "Refuses what would silently mean nothing",
    arguments: [
      ("labels: {kind: states, table: b}", "labels.table", "not joined"),
      ("labels: {kind: states}\nvotes: {reader: r}", "votes", "use kind flags or annotations"),
      ("labels: {kind: flags, map: {a: }, sole: [b]}", "labels.sole", "b is no label of map"),
      (
        "labels: {kind: flags, map: {a: }, synonyms: {b: c}}", "labels.synonyms.b",
        "no label of map"
      ),
      ("age: {value: a, unknown: [0, none]}", "age.unknown", "none is no number"),
      ("votes: {reader: r, readers: [three]}", "votes.readers", "no whole number"),
      ("exclusions: [{reason: r, label: a}]", "exclusions.label", "no label of labels.map"),
      ("title: ''\nhomepage: x\nnullls: [a]", "nullls", "did you mean nulls?"),
      ("patient: {column: p, number: round}", "patient.number", "whole"),
      ("reports: {table: c}", "reports.table", "there is no table c"),
    ])
  func silentMistakes(_ lines: String, _ key: String, _ message: String) throws {
    let problems = try problems(Self.descriptor(lines))
    #expect(problems.count == 1)
    #expect(problems.first?.key == key)
    #expect(problems.first?.message.contains(message) == true, "\(problems)")
  }

  @Test(
    "Refuses paths that leave the root or have fields that are none",
    arguments: ["/{image}", "a/../{image}", "{image", "{image:two}", "{}", "{folder:0}"])
  func paths(_ path: String) throws {
    let text = Self.descriptor("").replacing("{id: x}", with: "{id: x, path: \"\(path)\"}")
    #expect(try problems(text).map(\.key) == ["image.path"])
  }

  @Test("Variants are checked too, each mistake once")
  func variants() {
    let text = Self.descriptor(
      "variants:\n  v:\n    usual:\n    a: {title: [x]}\n    b: {sex: {column: {table: z, column: s}}}"
    )
    let problems = DatasetDescriptor.problems(inYAML: text, fileName: "my.yaml")
    #expect(problems.map(\.line) == [9, 10])
    #expect(problems.map(\.key) == ["title", "sex.column.table"])
  }

  @Test("A column that the table lacks is named with its file and the nearest header name")
  func missingColumn() throws {
    let fixture = try DescriptorFixture()
    try fixture.write("image,Projektion\na,PA\n", to: "a.csv")
    let descriptor = try DatasetDescriptor(
      yaml: """
        schema: 1
        name: a
        tables: {images: {file: a.csv}}
        image: {id: image}
        view: [{column: Projection, map: {PA: PA}}]
        """, fileName: "my.yaml")
    let error = #expect(throws: IngestError.self) { try fixture.read(descriptor) }
    #expect(error?.message.contains("a.csv: there is no column Projection for view") == true)
    #expect(error?.message.contains("the nearest is Projektion") == true)
  }
}
