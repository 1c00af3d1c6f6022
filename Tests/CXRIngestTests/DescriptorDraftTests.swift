// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRTestSupport
import CXRYAML
import Testing

@testable import CXRIngest

@Suite("Drafts of descriptors")
struct DescriptorDraftTests {
  let fixture: DescriptorFixture

  init() throws { fixture = try DescriptorFixture() }

  /// Drafts a descriptor of a table, which must be correct.
  private func draft(_ table: String, name: String = "export.csv") throws -> String {
    try fixture.write(table, to: name)
    let text = try DescriptorDraft(path: fixture.folder.path(name)).text
    let problems = DatasetDescriptor.problems(inYAML: text, fileName: "draft.yaml")
    #expect(problems.isEmpty, "\(problems.map(\.description))\n\(text)")
    return text
  }

  private func read(_ text: String) throws -> ReadDataset {
    try fixture.read(DatasetDescriptor(yaml: text, fileName: "draft.yaml"))
  }

  static let flat = """
    Accession,Image File,Patient Number,Exam Date,Birth Year,Gender,Projection,Ethnic Group,Findings
    A901,img1.png,1017.0,20190203,1950,Female,PA,White,Right pleural effusion; cardiomegaly
    A902,img2.png,1018.0,20190204,1960,Male,LAT,Asian Indian,No pneumothorax; normal
    A903,img3.png,1018.0,20200204,1960,Male,oblique,Declined,scoliosis;

    """

  @Test("Reads a flat table with findings in phrases")
  func flatTable() throws {
    let text = try draft(Self.flat)
    #expect(text.contains("    scoliosis:  # none of the 14 findings"))
    #expect(text.contains("    others: [oblique]"))
    let dataset = try read(text)
    #expect(dataset["img1.png"]?.view == .pa && dataset["img2.png"]?.view == .lateral)
    #expect(dataset["img1.png"]?.ageYears == 69 && dataset["img1.png"]?.studyKey == "A901")
    #expect(dataset.patient("img1.png")?.patientKey == "1017")
    #expect(dataset.patient("img1.png")?.sex == .female)
    #expect(dataset.patient("img2.png")?.race == .asian)
    #expect(dataset["img1.png"]?.acquiredAt == "2019-02-03")
    #expect(dataset.state(.pleuralEffusion, "img1.png") == .positive)
    #expect(dataset.state(.cardiomegaly, "img1.png") == .positive)
    #expect(dataset.state(.noFinding, "img2.png") == .positive)
    #expect(dataset.state(.edema, "img2.png") == .unannotated)
    #expect(dataset.diagnostics.allSatisfy { $0.severity == .note })
  }

  @Test("Drafts semicolons and tabs, and dates with the day first", arguments: [";", "\t"])
  func delimiters(_ delimiter: String) throws {
    let text = try draft(
      """
      "Image File";"Patient Number";"Exam Date";"Birth Date";"Findings"
      img1.png;1;03.02.2019;31.12.1950;edema, mild
      img2.png;2;4.2.2019;01.01.1960;normal

      """.replacing(";", with: delimiter))
    #expect(
      text.contains(
        "    delimiter: \"\(delimiter == ";" ? ";" : "\\t")\"  # guessed from the header"))
    #expect(text.contains("acquired: {date: {column: Exam Date, date: dd.mm.yyyy}}"))
    let dataset = try read(text)
    #expect(dataset["img1.png"]?.acquiredAt == "2019-02-03")
    #expect(dataset["img1.png"]?.ageYears == 69 && dataset["img2.png"]?.ageYears == 59)
    #expect(dataset.state(.edema, "img1.png") == .positive)
  }

  @Test("Drafts dates with slashes only where their order is certain")
  func slashes() throws {
    let certain = try draft("image,exam date\na,03/02/2019\nb,13/02/2019\n")
    #expect(certain.contains("date: {column: exam date, date: dd/mm/yyyy}"))
    let unsure = try draft("image,exam date\na,03/02/2019\nb,12/02/2019\n")
    #expect(unsure.contains("# acquired: {date: COLUMN}"))
  }

  @Test("Reads a table with a row per reader and label, and its boxes")
  func readers() throws {
    let text = try draft(
      """
      image_id,reader,label,x_min,y_min,x_max,y_max
      a,R1,Cardiomegaly,1,2,30,40
      a,R2,Cardiomegaly,1,2,30,41
      a,R3,No finding,,,,
      b,R1,No finding,,,,
      b,R2,No finding,,,,
      b,R3,Nodule/Mass,5,6,70,80

      """)
    #expect(text.contains("kind: annotations") && text.contains("votes: {reader: reader}"))
    let dataset = try read(text)
    #expect(dataset.labels("a") == ["Cardiomegaly"] && dataset.labels("b") == ["No finding"])
    #expect(dataset.content.boxes.count == 3)
    #expect(dataset.state(.lungLesion, "b") == .negative)
  }

  @Test("Reads columns of findings as states, and columns of 0 and 1 as flags")
  func labelColumns() throws {
    let states = try draft("image,Edema,pleural_effusion,Height\na,1.0,,170\nb,-1.0,0.0,180\n")
    #expect(states.contains("kind: states") && states.contains("# Not used: Height."))
    #expect(try read(states).state(.edema, "b") == .uncertain)
    let words = try draft("image,Edema,Pneumonia\na,yes,no\nb,no,no\n")
    #expect(try read(words).state(.edema, "a") == .positive)
    #expect(try read(words).state(.pneumonia, "a") == .negative)
    let flags = try draft("image,Edema,Scoliosis,Rib fracture\na,1,0,1\nb,0,1,0\n")
    #expect(flags.contains("kind: flags"))
    #expect(try read(flags).labels("a") == ["Edema", "Rib fracture"])
    #expect(try read(flags).state(.fracture, "a") == .positive)
    let lists = try draft("image,Labels\na,\"['pneumonia', 'scoliosis']\"\nb,[]\n")
    #expect(lists.contains("grammar: python"))
    #expect(try read(lists).state(.pneumonia, "a") == .positive)
  }

  @Test("Reads many different phrases as free text, and writes none of them")
  func freeText() throws {
    let rows = (0..<60).map { index in
      "img\(index).png,\"Seen by Dr Person\(index); \(index % 2 == 0 ? "mild edema" : "normal")\""
    }
    let text = try draft("image,findings\n" + rows.joined(separator: "\n") + "\n")
    #expect(!text.contains("Person") && text.contains("    edema: Edema"))
    let dataset = try read(text)
    #expect(dataset.state(.edema, "img2.png") == .positive)
    // Who saw it is no finding that the draft knows, so "normal" beside it may not count.
    #expect(dataset.state(.noFinding, "img1.png") == .unmentioned)
    #expect(dataset.content.nativeLabels.isEmpty)
  }

  @Test("Never writes identifiers, dates, ages or the words of columns that it does not know")
  func privacy() throws {
    let text = try draft(
      """
      Image,Patient ID,Name,Study Date,Age,Sex,Ward
      a77.png,P4711,Jane Roe,20190203,58,0,North
      a78.png,P4712,John Doe,20190204,61,1,South

      """)
    for value in ["a77", "P4711", "Roe", "2019", "58", "North"] {
      #expect(!text.contains(value), "\(value)")
    }
    #expect(text.contains("# sex: {column: Sex, map: {\"0\": F, \"1\": M}}"))
    #expect(text.contains("# labels: "))
    #expect(text.contains("# Not used: Name, Ward."))
  }

  @Test("Every guess says what it rests on")
  func guesses() throws {
    let lines = try draft(Self.flat).split(separator: "\n")
    let guessed = lines.filter { $0.contains("  # guessed from ") }
    #expect(guessed.count > 15)
    for key in ["patient:", "study:", "acquired:", "age:", "  id:", "  column:"] {
      #expect(guessed.contains { $0.hasPrefix(key) }, "\(key)")
    }
  }

  @Test(
    "Refuses what is no table",
    arguments: [
      ("a\n1\n", "a.csv", "expected a header of several names, found a"),
      ("a,b\n", "b.csv", "no rows"),
      ("", "c.csv", "an empty file"), ("a,b\n1,2\n", "d.txt", "a draft is made from a table"),
    ])
  func refusals(_ text: String, _ name: String, _ message: String) throws {
    try fixture.write(text, to: name)
    let error = #expect(throws: IngestError.self) {
      try DescriptorDraft(path: fixture.folder.path(name))
    }
    #expect(
      error?.code == .wrongFile && error?.message.contains(message) == true, "\(error as Any)")
  }
}
