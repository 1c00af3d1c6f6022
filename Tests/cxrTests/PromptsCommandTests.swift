// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation
import Testing

@Suite("cxr prompts and cxr export")
struct PromptsCommandTests {
  let study: SimulatedStudy

  init() throws { study = try SimulatedStudy(patientCount: 60) }

  private func run(_ words: String...) throws -> Program.Outcome { try study.program.run(words) }

  private func build(_ name: String, _ words: String...) throws -> Program.Outcome {
    try study.program.run(
      [
        "prompts", "build", "--name", name, "--template", "{age} year old {RACE} {sex}. {labels}",
        "--balanced",
      ] + words)
  }

  private func lines(_ file: String) throws -> [Substring] {
    try String(contentsOfFile: study.folder.path(file), encoding: .utf8).split(separator: "\n")
  }

  @Test("Prompts are built, listed, shown, exported and removed")
  func life() throws {
    let made = try build("p", "--view", "pa", "--age-jitter", "5", "--json")
    #expect(made.status == 0, "\(made.messages)")
    let report = try made.json()
    let count = try #require(report["promptCount"] as? Int)
    #expect(report["outcome"] as? String == "created" && count % 8 == 0 && count > 100)
    #expect(made.messages.contains("--tokenizer"))
    let bytes = try study.catalogBytes()
    #expect(try build("p", "--view", "pa", "--age-jitter", "5").output.contains("unchanged"))
    #expect(try study.catalogBytes() == bytes)
    #expect(try build("p", "--view", "ap").status == 65)
    #expect(try build("p", "--view", "ap", "--replace").output.contains("replaced"))
    #expect(try run("prompts", "list").output.hasPrefix("p: "))
    let shown = try run("prompts", "show", "p", "--examples", "2").output
    #expect(shown.components(separatedBy: " year old ").count == 5)
    #expect(!(try run("prompts", "show", "p").output.contains("year old ASIAN")))
    #expect(try run("prompts", "export", "p", "--format", "roentgen", "--out", "p.csv").status == 0)
    let identifiers = try lines("p.csv").dropFirst().map { $0.prefix { $0 != "," } }
    #expect(Set(identifiers).count == identifiers.count && identifiers.count > 100)
    #expect(try run("prompts", "remove", "p", "--dry-run").output.contains("would remove"))
    #expect(try run("prompts", "remove", "p").status == 0)
    #expect(try run("prompts", "show", "p").status == 65)
  }

  @Test("A dry run counts and writes nothing")
  func dryRun() throws {
    let before = try study.catalogBytes()
    let outcome = try build("p", "--dry-run")
    #expect(outcome.status == 0 && outcome.output.contains("dry run"))
    #expect(try study.catalogBytes() == before)
  }

  @Test("A cap and weights by name are taken, nonsense is usage")
  func options() throws {
    let capped = try build(
      "c", "--weight", "effusion=2", "--cap", "3", "--cap-by", "Sex,race", "--sexes", "f",
      "--json")
    #expect(try capped.json()["promptCount"] as? Int == 12)
    for words in [
      ["--weight", "Pneumothoraks=2"], ["--weight", "Edema=much"], ["--cap", "0"],
      ["--cap", "3", "--cap-by", "height"], ["--template", "{agee}"], ["--age-jitter", "-1"],
      ["--part", "train"], ["--split", "half:train", "--part", "train"], ["--races", "blue"],
      ["--shorten", "endpoint"], ["--endpoint", "http://localhost:1/v1"],
      ["--endpoint", "http://localhost:1/v1", "--endpoint-model", "m"],
      [
        "--shorten", "endpoint", "--endpoint", "http://example.org/v1", "--endpoint-model", "m",
      ],
    ] {
      let outcome = try study.program.run(["prompts", "build", "--name", "x"] + words)
      #expect(outcome.status == 64, "\(words): \(outcome.messages)")
    }
  }

  @Test("Prompts from no radiograph say which values are missing")
  func empty() throws {
    let outcome = try run("prompts", "build", "--name", "x")
    #expect(outcome.status == 65 && outcome.messages.contains("no race"))
    let tokenizer = try run("prompts", "build", "--name", "x", "--tokenizer", "nowhere")
    #expect(tokenizer.status == 66)
  }

  @Test("Exports hold the part that was asked for, in every form")
  func exports() throws {
    let source = ["--dataset", "nih", "--split", "half", "--part", "train", "--view", "pa"]
    for (format, file) in [("csv", "a.csv"), ("jsonl", "a.jsonl"), ("croissant", "a.json")] {
      let outcome = try study.program.run(
        ["export", "--format", format, "--out", file] + source)
      #expect(outcome.status == 0, "\(outcome.messages)")
    }
    let rows = try lines("a.csv")
    #expect(try lines("a.jsonl").count == rows.count - 1 && rows.count > 10)
    let first = try #require(
      try JSONSerialization.jsonObject(with: Data(lines("a.jsonl")[0].utf8)) as? [String: Any])
    #expect(first["part"] as? String == "train" && first["race"] is NSNull)
    #expect(first["ageYears"] is NSNumber && first["Edema"] is String)
  }

  @Test("Exports go to standard output or into folders that are made, and dry runs count only")
  func targets() throws {
    _ = try build("p")
    let verbs = [
      ["export", "--view", "pa"], ["catalog", "export"], ["prompts", "export", "p"],
      ["prompts", "export", "p", "--format", "jsonl"], ["export", "--format", "jsonl"],
    ]
    for (number, verb) in verbs.enumerated() {
      let file = "new\(number)/deep/a.out"
      let dry = try study.program.run(verb + ["--out", file, "--dry-run"])
      #expect(dry.status == 0 && dry.messages.contains("Would write"), "\(dry.messages)")
      #expect(!study.folder.fileNames.contains("new\(number)"))
      let written = try study.program.run(verb + ["--out", file, "--json"])
      #expect(written.status == 0, "\(written.messages)")
      let document = try written.json()
      #expect(document["files"] as? [String] == [file] && document["isDryRun"] as? Bool == false)
      let text = try String(contentsOfFile: study.folder.path(file), encoding: .utf8)
      let piped = try study.program.run(verb + ["--out", "-"])
      #expect(piped.output == text && piped.messages.contains("standard output"))
      let hasHeader = !verb.contains("jsonl")
      #expect(
        document["rowCount"] as? Int == text.split(separator: "\n").count - (hasHeader ? 1 : 0))
      #expect(try study.program.run(verb + ["--out", "-", "--json"]).status == 64)
      try study.folder.write("", to: "file")
      let blocked = try study.program.run(verb + ["--out", "file/a.out"])
      #expect(blocked.status == 1 && blocked.messages.contains("file/a.out"))
    }
    #expect(try run("export", "--format", "croissant", "--out", "-").status == 64)
    let croissant = try run("export", "--format", "croissant", "--out", "c/d.json")
    #expect(croissant.status == 0 && croissant.messages.contains("c/d.json and c/d.csv"))
  }

  @Test("The Croissant description is tied to the table beside it")
  func croissant() throws {
    let outcome = try run("export", "--format", "croissant", "--out", "all.json")
    #expect(outcome.status == 0, "\(outcome.messages)")
    let root = try #require(
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: study.folder.url.appending(path: "all.json"))) as? [String: Any])
    #expect(root["conformsTo"] as? String == "http://mlcommons.org/croissant/1.0")
    let file = try #require((root["distribution"] as? [[String: Any]])?.first)
    #expect(file["contentUrl"] as? String == "all.csv")
    #expect((file["sha256"] as? String)?.count == 64)
    let set = try #require((root["recordSet"] as? [[String: Any]])?.first)
    let fields = try #require(set["field"] as? [[String: Any]])
    let header = try lines("all.csv")[0].split(separator: ",").map { String($0) }
    #expect(fields.map { $0["name"] as? String } == header)
    #expect(fields.allSatisfy { ($0["@id"] as? String)?.contains(" ") == false })
    let origin = try #require((root["isBasedOn"] as? [[String: Any]])?.first)
    #expect((origin["hasPart"] as? [[String: Any]])?.isEmpty == false)
  }

  @Test("An export of nothing, or of names that there are not, is refused")
  func misuse() throws {
    #expect(try run("export", "--view", "lateral", "--out", "x.csv").status == 65)
    #expect(try run("export", "--cohort", "none", "--out", "x.csv").status == 65)
    #expect(try run("export", "--split", "half:val", "--out", "x.csv").status == 65)
    #expect(try run("export", "--format", "croissant", "--out", "x.csv").status == 64)
    #expect(!study.folder.fileNames.contains("x.csv"))
  }

  @Test("Token ids are printed line by line, empty lines too")
  func tokenize() throws {
    // Every byte is a token; ids are the positions in the vocabulary.
    let letters = (33...126).compactMap { Unicode.Scalar($0).map { String($0) } }
    let rest = (Array(161...172) + Array(174...255) + Array(256...323)).compactMap {
      Unicode.Scalar($0 as UInt32).map { String($0) }
    }
    let words = letters + rest
    let spellings = words + words.map { $0 + "</w>" } + ["<|startoftext|>", "<|endoftext|>"]
    let vocabulary = Dictionary(uniqueKeysWithValues: spellings.enumerated().map { ($1, $0) })
    try study.folder.write(
      JSONSerialization.data(withJSONObject: vocabulary), to: "vocab.json")
    try study.folder.write("#version: 0.2\n", to: "merges.txt")
    try study.folder.write("ab\n\nB\n", to: "lines.txt")
    let outcome = try run("prompts", "tokenize", "--tokenizer", ".", "lines.txt")
    #expect(outcome.output == "512 64 321 513\n512 513\n512 321 513\n", "\(outcome.messages)")
    let counted = try build("t", "--tokenizer", ".", "--json")
    #expect((try counted.json()["tokens"] as? [Any])?.isEmpty == false)
  }
}
