// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation
import Testing

@Suite("Bad input")
struct BadInputTests {
  let study: SimulatedStudy

  init() throws { study = try SimulatedStudy(patientCount: 60) }

  /// Expects a command to fail with a status and a message, and to leave the catalog as it was.
  func expectRefusal(
    _ arguments: [String], status: Int32, says words: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try study.program.run("catalog", "info", "--json").output
    let outcome = try study.program.run(arguments)
    #expect(
      outcome.status == status, "\(outcome.messages)", sourceLocation: sourceLocation)
    for word in words {
      #expect(
        outcome.messages.contains(word), "\(outcome.messages)", sourceLocation: sourceLocation)
    }
    #expect(
      try study.program.run("catalog", "info", "--json").output == before,
      sourceLocation: sourceLocation)
  }

  /// Writes a copy of the first model's predictions with one line changed.
  func predictions(line: Int, _ change: (String) -> String) throws -> String {
    let text = try String(
      contentsOf: study.folder.url.appending(path: "nih/predictions-a.csv"), encoding: .utf8)
    var lines = text.split(separator: "\n").map(String.init)
    lines[line - 1] = change(lines[line - 1])
    try study.folder.write(lines.joined(separator: "\n") + "\n", to: "changed.csv")
    return "changed.csv"
  }

  func importing(_ file: String) -> [String] {
    ["predictions", "import", file, "--dataset", "nih", "--model", "new"]
  }

  @Test(
    "A score that is no probability names file, line and column",
    arguments: ["nan", "inf", "1.5", "-0.1", "", "abc"])
  func badScore(_ score: String) throws {
    let file = try predictions(line: 7) { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      return ([fields[0], Substring(score)] + fields.dropFirst(2)).joined(separator: ",")
    }
    try expectRefusal(importing(file), status: 65, says: "changed.csv:7", "prob_")
  }

  @Test("Thresholds of a model without scores name the model, and those that there are")
  func thresholdsWithoutScores() throws {
    try expectRefusal(
      ["thresholds", "select", "--dataset", "nih", "--model", "nobody", "--split", "official:val"],
      status: 65, says: "There is no model nobody")
  }

  @Test("A ragged row names file and line; --max-bad-rows skips it")
  func raggedRow() throws {
    let file = try predictions(line: 5) { $0 + ",0.5" }
    try expectRefusal(importing(file), status: 65, says: "changed.csv:5", "--max-bad-rows")
    let outcome = try study.program.run(importing(file) + ["--max-bad-rows", "1"])
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("ragged row"))
  }

  @Test("A repeated image names both lines")
  func duplicateImage() throws {
    let file = try predictions(line: 4) { line in line + "\n" + line }
    try expectRefusal(importing(file), status: 65, says: "lines 4 and 5")
  }

  @Test("An unknown label suggests the nearest known one")
  func unknownLabel() throws {
    let file = try predictions(line: 1) { $0.replacing("prob_Edema", with: "prob_Edemaa") }
    try expectRefusal(importing(file), status: 65, says: "prob_Edemaa", "Edema")
    try expectRefusal(
      ["evaluate", "--labels", "Edemaa", "--bootstrap", "0"], status: 65, says: "Edemaa", "Edema")
  }

  @Test("A missing image column lists the header that was seen")
  func missingColumn() throws {
    let file = try predictions(line: 1) { $0.replacing("Image Index", with: "something") }
    try expectRefusal(importing(file), status: 65, says: "something")
  }

  @Test("Unknown images are counted, and refused when there are no others")
  func unknownImages() throws {
    let file = try predictions(line: 3) { "x" + $0 }
    let outcome = try study.program.run(importing(file))
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("1  dropped: unknown image"))
    let text = try String(
      contentsOf: study.folder.url.appending(path: "nih/predictions-a.csv"), encoding: .utf8)
    try study.folder.write(text.replacing("\n0", with: "\nx0"), to: "foreign.csv")
    try expectRefusal(
      ["predictions", "import", "foreign.csv", "--model", "other"], status: 65, says: "swapped")
  }

  @Test("Swapped files are told apart")
  func swappedFiles() throws {
    try expectRefusal(
      ["thresholds", "import", "nih/predictions-a.csv", "--model", "a"], status: 65, says: "label")
    try expectRefusal(importing("nih/BBox_List_2017.csv"), status: 65, says: "BBox_List_2017.csv")
    try expectRefusal(
      ["ingest", "nih", "--root", "nih", "--table", "images=predictions-a.csv"], status: 65,
      says: "predictions-a.csv", "Image Index")
  }

  @Test("Missing files and folders exit with 66")
  func missingInput() throws {
    try expectRefusal(importing("nowhere.csv"), status: 66, says: "nowhere.csv")
    try expectRefusal(["ingest", "nih", "--root", "nowhere"], status: 66, says: "nowhere")
    let outcome = try study.program.run("evaluate", "--catalog", "nowhere.sqlite")
    #expect(outcome.status == 66)
    #expect(outcome.messages.contains("nowhere.sqlite"))
    #expect(!study.folder.fileNames.contains("nowhere.sqlite"))
  }

  @Test("A truncated compressed file is refused")
  func truncatedGzip() throws {
    let gzip = Process()
    gzip.executableURL = URL(filePath: "/bin/gzip")
    gzip.arguments = ["-k", study.folder.path("nih/predictions-a.csv")]
    try gzip.run()
    gzip.waitUntilExit()
    let whole = try Data(contentsOf: study.folder.url.appending(path: "nih/predictions-a.csv.gz"))
    try study.folder.write(whole.prefix(whole.count / 2), to: "half.csv.gz")
    try expectRefusal(importing("half.csv.gz"), status: 65, says: "half.csv.gz")
  }

  @Test("A file that is no catalog, and one of a newer version, are refused and left alone")
  func foreignCatalogs() throws {
    let path = try study.folder.write("This is no database.", to: "notes.txt")
    let outcome = try study.program.run("catalog", "info", "--catalog", path)
    #expect(outcome.status == 65)
    #expect(outcome.messages.contains("notes.txt"))
    let ingest = try study.program.run("ingest", "nih", "--root", "nih", "--catalog", path)
    #expect(ingest.status == 65)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "This is no database.")
  }

  @Test("An empty group and a view without radiographs say so")
  func emptySelections() throws {
    try expectRefusal(
      ["audit", "--group", "race", "--bootstrap", "0"], status: 65, says: "race")
    try expectRefusal(
      ["audit", "--group", "height", "--bootstrap", "0"], status: 64, says: "height", "sex")
    try expectRefusal(
      ["evaluate", "--view", "lateral", "--bootstrap", "0"], status: 65, says: "--view")
    try expectRefusal(
      ["evaluate", "--split", "half:nothing", "--bootstrap", "0"], status: 65, says: "nothing")
    try expectRefusal(
      ["evaluate", "--model", "nobody", "--bootstrap", "0"], status: 65, says: "nobody")
  }

  @Test("A label with one class is undefined, not zero")
  func oneClass() throws {
    let document = try study.program.run(
      "evaluate", "--model", "a", "--labels", "Hernia,No Finding", "--split", "half:test",
      "--bootstrap", "0", "--undefined", "defined-labels", "--json"
    ).json()
    let labels = try #require(
      ((document["runs"] as? [[String: Any]])?.first)?["labels"] as? [[String: Any]])
    let hernia = try #require(labels.first { $0["label"] as? String == "Hernia" })
    try #require(hernia["positives"] as? Int == 0)
    let auroc = try #require(hernia["auroc"] as? [String: Any])
    #expect(auroc["value"] is NSNull)
    #expect(auroc["reason"] as? String == "there are no positives")
  }

  @Test("A report is not written over other people's files")
  func foreignReportFolder() throws {
    try FileManager.default.createDirectory(
      at: study.folder.url.appending(path: "mine"), withIntermediateDirectories: true)
    try study.folder.write("keep", to: "mine/notes.txt")
    try expectRefusal(
      ["report", "--out", "mine", "--bootstrap", "0"], status: 65, says: "mine")
    let notes = study.folder.url.appending(path: "mine/notes.txt")
    #expect(try String(contentsOf: notes, encoding: .utf8) == "keep")
  }

  @Test("Unusable options exit with 64")
  func usage() throws {
    try expectRefusal(["evaluate", "--bootstrap", "-1"], status: 64, says: "--bootstrap")
    try expectRefusal(["audit", "--age-bins", "40,18"], status: 64, says: "age-bins")
    try expectRefusal(["evaluate", "--split", "half"], status: 64, says: "split")
    try expectRefusal(["audit", "--age-bins", "1e300"], status: 64, says: "age-bins")
    try expectRefusal(["evaluate", "--labels", ","], status: 65, says: "label")
    try expectRefusal(["nonsense"], status: 64, says: "nonsense")
  }

  @Test("A choice that a dataset has not is a matter of usage, and names the dataset")
  func choices() throws {
    let verbs = [["ingest", "nih", "--root", "nih"], ["dataset", "check", "nih"]]
    for verb in verbs {
      try expectRefusal(
        verb + ["--set", "ages=v2017"], status: 64,
        says: "--set: nih has no variant ages; did you mean age?")
      try expectRefusal(
        verb + ["--set", "age=2017", "--set", "label=v2017"], status: 64,
        says: "variant age of nih has no choice 2017; did you mean v2017?", "did you mean labels?")
    }
    try study.folder.write("schema: 1\nname: own\n", to: "own.yaml")
    try expectRefusal(
      ["ingest", "--manifest", "own.yaml", "--root", "nih", "--set", "a=b"], status: 64,
      says: "own has no variant a; it has none")
    try expectRefusal(verbs[0] + ["--set", "age"], status: 64, says: "--set")
  }

  @Test("A full output is said to be full, and a device is left a device")
  func fullOutput() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c", "'\(Program.path)' evaluate --bootstrap 0 > /dev/full 2> err.txt",
    ]
    process.currentDirectoryURL = study.folder.url
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    let messages = try String(
      contentsOf: study.folder.url.appending(path: "err.txt"), encoding: .utf8)
    #expect(messages.contains("Standard output cannot be written"))
    try expectRefusal(["catalog", "export", "--out", "/dev/full"], status: 1, says: "/dev/full")
    let type = try FileManager.default.attributesOfItem(atPath: "/dev/full")[.type]
    #expect(type as? FileAttributeType == .typeCharacterSpecial)
    try expectRefusal(
      ["catalog", "export", "--out", "/proc/nowhere.csv"], status: 1, says: "/proc/nowhere.csv")
  }

  @Test("An export never replaces its own catalog")
  func exportOverCatalog() throws {
    for verb in [["catalog", "export"], ["export"]] {
      try expectRefusal(
        verb + ["--catalog", "cxr.sqlite", "--dataset", "nih", "--out", "./cxr.sqlite"], status: 64,
        says: "is the catalog")
    }
  }

  @Test("A catalog of a newer version is refused and left alone")
  func newerCatalog() throws {
    let path = study.folder.path("cxr.sqlite")
    let patch = Process()
    patch.executableURL = URL(filePath: "/bin/sh")
    let script = "printf '\\000\\000\\003\\347' | dd of='\(path)' bs=1 seek=60 conv=notrunc"
    patch.arguments = ["-c", script + " 2>/dev/null"]
    try patch.run()
    patch.waitUntilExit()
    let before = try Data(contentsOf: URL(filePath: path))
    for arguments in [["catalog", "info"], ["ingest", "nih", "--root", "nih"]] {
      let outcome = try study.program.run(arguments)
      #expect(outcome.status == 65)
      #expect(outcome.messages.contains("version 999"))
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == before)
  }
}
