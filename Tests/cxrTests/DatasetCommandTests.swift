// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation
import Testing

@Suite("cxr dataset")
struct DatasetCommandTests {
  let fixture: DatasetFixture

  init() throws { fixture = try DatasetFixture() }

  @Test("schema prints the language; show prints a descriptor that check takes from a file")
  func printing() throws {
    let schema = try fixture.program.run("dataset", "schema")
    #expect(schema.status == 0 && schema.output.hasPrefix("# Dataset descriptors\n"))
    let shown = try fixture.program.run("dataset", "show", "padchest")
    try fixture.folder.write(shown.output, to: "copy.yaml")
    let checked = try fixture.program.run("dataset", "check", "copy.yaml")
    #expect(checked.status == 0, "\(checked.messages)")
    #expect(checked.output.contains("normal → No Finding"))
    let unknown = try fixture.program.run("dataset", "show", "padchst")
    #expect(unknown.status == 65 && unknown.messages.contains("did you mean padchest?"))
  }

  @Test("list names licence, citation and choices of every built-in dataset")
  func list() throws {
    let outcome = try fixture.program.run("dataset", "list")
    for word in [
      "nih – NIH ChestX-ray14", "licence", "citation", "--set labels=chexpert|negbio|radiologist",
    ] {
      #expect(outcome.output.contains(word), "\(word)")
    }
    let json = try fixture.program.run("dataset", "list", "--json")
    #expect(json.status == 0 && json.output.contains("\"policy\""))
  }

  @Test("check tells every problem on a line of its own and exits with 65")
  func problems() throws {
    try fixture.folder.write(
      "schema: 1\nname: a\ntables: {images: {fil: a.csv}}\nimage: {id: x}\nview: [{constant: PAA}]\n",
      to: "bad.yaml")
    let outcome = try fixture.program.run("dataset", "check", "bad.yaml")
    #expect(outcome.status == 65)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("bad.yaml:3: tables.images.fil: ") })
    #expect(lines.contains { $0.hasPrefix("bad.yaml:5: view[0].constant: PAA") })
    let json = try fixture.program.run("dataset", "check", "bad.yaml", "--json")
    let problems = try json.json()["problems"] as? [[String: Any]]
    #expect(json.status == 65 && problems?.count == lines.count)
    #expect(try fixture.program.run("dataset", "check", "none.yaml").status == 66)
    let ingest = try fixture.program.run("ingest", "--manifest", "bad.yaml", "--root", ".")
    #expect(ingest.status == 65 && ingest.messages.contains("bad.yaml:5"))
  }

  @Test(
    "A dataset of folders is read from wherever its root is named", arguments: ["ch", ".", "./ch/"])
  func folders(_ root: String) throws {
    for name in ["train/NORMAL/IM-0001-0001.jpeg", "test/PNEUMONIA/person1_virus_2.jpeg"] {
      let file = fixture.folder.url.appending(path: "\(root)/\(name)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data().write(to: file)
    }
    let outcome = try fixture.program.run("ingest", "kermany", "--root", root)
    #expect(outcome.status == 0 && !outcome.messages.contains("warning"), "\(outcome.messages)")
    let prompts = try fixture.program.run(
      "prompts", "build", "--name", "p", "--dataset", "kermany", "--split", "official:test",
      "--template", "{labels}")
    #expect(prompts.status == 0 && prompts.output.contains("Pneumonia"), "\(prompts.output)")
  }

  @Test("check --root reads on trial and writes no catalog")
  func trial() throws {
    try fixture.writeReaderStudy()
    try fixture.copyExample("reader-study.yaml")
    let arguments = ["dataset", "check", "reader-study.yaml", "--root", "."]
    let outcome = try fixture.program.run(arguments)
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("120  radiographs kept"))
    #expect(outcome.output.contains("votes      majority of the readers"))
    #expect(outcome.output.contains("Nodule/Mass → Lung Lesion"))
    #expect(!fixture.folder.fileNames.contains { $0.hasPrefix("cxr.sqlite") })
    let json = try fixture.program.run(arguments + ["--json"]).json()
    #expect((json["ingest"] as? [String: Any])?["recordsKept"] as? Int == 120)
    #expect((json["summary"] as? [String: Any])?["name"] as? String == "reader-study")
  }

  @Test("check --root counts unusable records instead of stopping at the first")
  func badRecords() throws {
    try fixture.writeReaderStudy()
    try fixture.copyExample("reader-study.yaml")
    let url = fixture.folder.url.appending(path: "readings.csv")
    let text = try String(contentsOf: url, encoding: .utf8)
    try fixture.folder.write(text + "x1,s0\nx2,s1\n", to: "readings.csv")
    let outcome = try fixture.program.run(
      "dataset", "check", "reader-study.yaml", "--root", ".")
    #expect(outcome.status == 0 && outcome.output.contains("2  dropped: ragged row"))
  }

  @Test("init prints a draft, and never overwrites a file")
  func drafts() throws {
    try fixture.writeFlatHospital()
    let printed = try fixture.program.run("dataset", "init", "export.csv")
    #expect(printed.output.contains("schema: 1"))
    let written = try fixture.program.run("dataset", "init", "export.csv", "--out", "my.yaml")
    #expect(written.status == 0 && written.messages.contains("cxr dataset check my.yaml --root ."))
    let again = try fixture.program.run("dataset", "init", "export.csv", "--out", "my.yaml")
    #expect(again.status == 64 && again.messages.contains("my.yaml is there already"))
    #expect(try fixture.program.run("dataset", "init", "none.csv").status == 66)
  }
}
