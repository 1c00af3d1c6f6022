// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRYAML
import Testing

@testable import CXRIngest

@Suite("Shapes of hospitals' tables")
struct DescriptorExportTests {
  let fixture: DescriptorFixture

  init() throws { fixture = try DescriptorFixture() }

  private func descriptor(
    delimiter: String = "\";\"", form: String = "dd.mm.yyyy"
  ) throws -> DatasetDescriptor {
    try DatasetDescriptor(
      yaml: """
        schema: 1
        name: a
        tables: {images: {file: a.csv, delimiter: \(delimiter)}}
        image: {id: image}
        acquired: {date: {column: taken, date: \(form)}}
        view: [{constant: PA}]
        age: {born: {column: born, date: \(form)}, at: {column: taken, date: \(form)}}
        labels: {kind: list, column: labels, separator: ",", map: {Edema: Edema, Pneumonia: Pneumonia}}
        """, fileName: "a.yaml")
  }

  @Test("Reads semicolons between fields, commas within them, and dates with the day first")
  func semicolons() throws {
    try fixture.write(
      "image;taken;born;labels\na;03.02.2019;31.12.1950;Edema,Pneumonia\n"
        + "b;4.12.2020 08:15;1.1.1960;\"Edema;x\"\n", to: "a.csv")
    let dataset = try fixture.read(descriptor())
    #expect(dataset["a"]?.acquiredAt == "2019-02-03" && dataset["a"]?.ageYears == 69)
    #expect(dataset["b"]?.acquiredAt == "2020-12-04" && dataset["b"]?.ageYears == 60)
    #expect(dataset.labels("a") == ["Edema", "Pneumonia"] && dataset.labels("b") == ["Edema;x"])
  }

  @Test("The form of dates is the descriptor's to say: day or month first")
  func monthFirst() throws {
    try fixture.write("image;taken;born;labels\na;03/02/2019;01/02/1950;Edema\n", to: "a.csv")
    #expect(try fixture.read(descriptor(form: "mm/dd/yyyy"))["a"]?.acquiredAt == "2019-03-02")
    #expect(try fixture.read(descriptor(form: "dd/mm/yyyy"))["a"]?.acquiredAt == "2019-02-03")
  }

  @Test(
    "A date of another form is none, even one that is year first",
    arguments: ["2019-02-03", "03/02/2019", "03.02.19", "32.01.2019", "01.13.2019", "1953", "x"])
  func otherForms(_ date: String) throws {
    try fixture.write("image;taken;born;labels\na;\(date);31.12.1950;Edema\n", to: "a.csv")
    let dataset = try fixture.read(descriptor())
    #expect(dataset["a"]?.acquiredAt == nil && dataset["a"]?.ageYears == nil)
    #expect(dataset.count("date-unreadable") == 1 && dataset.count("age-unreadable") == 1)
  }

  @Test("Refuses what is no delimiter", arguments: ["\";;\"", "\"\"", "'\"'", "ä"])
  func delimiters(_ text: String) {
    let error = #expect(throws: DescriptorError.self) { try descriptor(delimiter: text) }
    #expect(error?.problems.map(\.key) == ["tables.images.delimiter"])
  }

  @Test("Names the delimiter as a remedy where a header is one field")
  func remedy() throws {
    try fixture.write("image;taken;born;labels\na;03.02.2019;31.12.1950;Edema\n", to: "a.csv")
    let error = #expect(throws: IngestError.self) {
      try fixture.read(descriptor(delimiter: "\",\""))
    }
    #expect(error?.message.contains("name what does with delimiter") == true)
  }
}
