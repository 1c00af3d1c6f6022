// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRTestSupport
import Testing

@testable import CXRIngest

/// Nothing is made up where nobody answered, and nothing is given to the wrong patient.
@Suite("Answers and owners")
struct DescriptorAnswerTests {
  let fixture: DescriptorFixture

  init() throws { fixture = try DescriptorFixture() }

  private func read(_ table: String, _ yaml: String) throws -> ReadDataset {
    try fixture.write(table, to: "a.csv")
    let head = """
      schema: 1
      name: a
      tables: {images: {file: a.csv}}
      image: {id: image}
      view: [{constant: PA}]

      """
    return try fixture.read(DatasetDescriptor(yaml: head + yaml, fileName: "a.yaml"))
  }

  @Test("A blank flag leaves its finding unmentioned, with and without readers")
  func blankFlags() throws {
    let labels = "labels: {kind: flags, map: {Edema: Edema, Mass: Lung Lesion}}\n"
    let plain = try read("image,Edema,Mass\na,1,\nb,0,0\nc,,\n", labels)
    #expect(plain.state(.edema, "a") == .positive && plain.state(.lungLesion, "a") == .unmentioned)
    #expect(plain.state(.lungLesion, "b") == .negative)
    #expect(plain.state(.edema, "c") == .unmentioned)
    let voted = try read(
      "image,reader,Edema,Mass\na,r1,1,\na,r2,1,\na,r3,0,\n",
      labels + "votes: {reader: reader, readers: 3}\n")
    #expect(voted.state(.edema, "a") == .positive && voted.state(.lungLesion, "a") == .unmentioned)
  }

  @Test("A table of labels without any finding is refused")
  func noFindings() throws {
    let error = #expect(throws: IngestError.self) {
      try read("image,split\na,train\n", "labels: {kind: states}\n")
    }
    #expect(error?.code == .wrongFile)
    #expect(error?.message.contains("14 findings") == true)
  }

  @Test("Reports belong to patient and study, though patients number their visits alike")
  func reports() throws {
    let dataset = try read(
      "image,patient,visit,text\na,p1,1,Edema.\nb,p2,1,Clear lungs.\n",
      "patient: patient\nstudy: visit\nreports: {sections: {impression: text}}\n")
    #expect(dataset.content.reports.count == 2)
    #expect(dataset.count("report-differs") == 0)
    let loose = try read(
      "image,text\na,Edema.\n", "reports: {sections: {impression: text}}\n")
    #expect(loose["a"]?.studyKey == loose.content.reports.first?.studyKey)
  }

  @Test("Sex and race are those of all records of a patient")
  func laterRecords() throws {
    let dataset = try read(
      "image,patient,sex,race\na,p1,,\nb,p1,F,ASIAN\nc,p2,M,WHITE\nd,p2,M,BLACK\n",
      """
      patient: patient
      sex: {column: sex}
      race:
        column: race
        cases: [{group: White, prefix: WHITE}, {group: Black, prefix: BLACK},
          {group: Asian, prefix: ASIAN}]
      """)
    #expect(dataset.patient("a")?.sex == .female && dataset.patient("a")?.race == .asian)
    #expect(dataset.patient("c")?.race == nil && dataset.count("race-conflict") == 1)
  }

  @Test("Paths that leave the dataset's folder are left out and told")
  func paths() throws {
    try fixture.write("image\n../../x\ny\n", to: "a.csv")
    let dataset = try fixture.read(
      DatasetDescriptor(
        yaml: """
          schema: 1
          name: a
          tables: {images: {file: a.csv}}
          image: {id: image, path: "images/{image}"}
          view: [{constant: PA}]
          """, fileName: "a.yaml"))
    #expect(dataset["../../x"]?.relativePath == nil && dataset["y"]?.relativePath == "images/y")
    #expect(dataset.count("path-outside") == 1)
  }
}
