// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import Testing

@testable import CXRIngest

@Suite("Labels in free text")
struct DescriptorFreeTextTests {
  let fixture: DescriptorFixture

  init() throws { fixture = try DescriptorFixture() }

  /// Reads one cell of findings.
  private func findings(_ cell: String) throws -> FindingStates? {
    try read(cell)["a"]?.findings
  }

  private func read(_ cell: String) throws -> ReadDataset {
    try fixture.write("image,findings\na,\"\(cell)\"\n", to: "a.csv")
    let descriptor = try DatasetDescriptor(
      yaml: """
        schema: 1
        name: a
        tables: {images: {file: a.csv}}
        image: {id: image}
        view: [{constant: PA}]
        labels:
          kind: list
          column: findings
          separator: ";"
          negations: ["no", without]
          substrings: {Pleural Effusion: Pleural Effusion, pneumonia: Pneumonia, normal: No Finding,
            no acute findings: No Finding}
          sole: [normal, no acute findings]
        """, fileName: "a.yaml")
    return try fixture.read(descriptor)
  }

  @Test("A phrase counts towards what it contains, in any case; what is not said is absent")
  func phrases() throws {
    let states = try findings("Right  PLEURAL effusion; scoliosis")
    #expect(states?[.pleuralEffusion] == .positive && states?[.pneumonia] == .negative)
    #expect(states?[.noFinding] == .negative && states?[.edema] == .unannotated)
  }

  @Test("A phrase that begins with a negation says that something is absent")
  func negations() throws {
    let states = try findings("No pleural effusion; without pneumonia")
    #expect(states?[.pleuralEffusion] == .negative && states?[.pneumonia] == .negative)
    #expect(try findings("nodular pneumonia")?[.pneumonia] == .positive)
  }

  @Test(
    "A negation before a term in the same clause denies it, one behind it or in another does not",
    arguments: [
      ("Lungs clear, no pleural effusion", LabelState.negative),
      ("No pneumonia, pleural effusion or edema", .negative),
      ("Pleural effusion, no pneumonia", .positive),
      ("No pneumonia. Pleural effusion", .positive),
      ("No change of the 1.5 cm scar or pleural effusion", .negative),
      ("No pneumonia: pleural effusion", .positive),
      ("Pleural effusion right, no pleural effusion left", .positive),
      ("nodules, pleural effusion", .positive),
      ("No acute findings, pleural effusion", .positive),
    ])
  func clauses(_ cell: String, _ expected: LabelState) throws {
    #expect(try findings(cell)?[.pleuralEffusion] == expected)
  }

  @Test("A line end ends a clause; denied terms alone are an answer")
  func clauseEnds() throws {
    #expect(try findings("No pneumonia\npleural effusion")?[.pleuralEffusion] == .positive)
    let denied = try findings("Lungs clear, no pleural effusion")
    #expect(denied?[.pneumonia] == .negative && denied?[.edema] == .unannotated)
    #expect(try findings("Scar, no acute findings")?[.noFinding] == .positive)
    #expect(try findings("Heart without normal contour")?[.noFinding] == .negative)
  }

  @Test("A text that itself begins like a negation is none")
  func negatedText() throws {
    #expect(try findings("No acute findings")?[.noFinding] == .positive)
    #expect(try findings("No acute findings; no pneumonia")?[.noFinding] == .positive)
  }

  @Test("What counts only alone gives way to findings")
  func sole() throws {
    let states = try findings("Normal heart size; pneumonia")
    #expect(states?[.noFinding] == .negative && states?[.pneumonia] == .positive)
    #expect(try findings("Normal; no acute findings")?[.noFinding] == .positive)
  }

  @Test("Abnormal is not normal, and normal beside words unknown says nothing of No Finding")
  func abnormal() throws {
    #expect(try findings("Abnormal hilar contour")?[.noFinding] == .unmentioned)
    #expect(try findings("Normal heart size; lung mass")?[.noFinding] == .unmentioned)
    #expect(try findings("Normal.")?[.noFinding] == .positive)
  }

  @Test("Texts in which nothing is found become no labels of the dataset, and are counted")
  func unreadTexts() throws {
    let dataset = try read("seen by Dr Person; no change; pneumonia; old scar")
    #expect(dataset.content.nativeLabels.isEmpty && dataset.count("label-text-unread") == 2)
    #expect(dataset.diagnostics.allSatisfy { !$0.message.contains("Person") })
    #expect(try read("pneumonia; no effusion").count("label-text-unread") == 0)
  }

  @Test("A text with nothing that is looked for says nothing")
  func unread() throws {
    #expect(try findings("see previous report")?[.pneumonia] == .unmentioned)
  }
}
