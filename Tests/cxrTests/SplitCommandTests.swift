// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation
import Testing

@Suite("Splits on the command line")
struct SplitCommandTests {
  let study: SimulatedStudy

  init() throws { study = try SimulatedStudy(patientCount: 120) }

  static let parts = ["--part", "train=0.7", "--part", "val=0.1", "--part", "test=0.2"]

  @Test("A stratified split says how even it is; its subsets are nested")
  func stratified() throws {
    let create = ["split", "create", "--name", "even", "--method", "stratified"] + Self.parts
    let dryRun = try study.program.run(create + ["--seed", "1", "--dry-run"])
    #expect(dryRun.output.contains("dry run") && dryRun.output.contains("largest deviation"))
    let outcome = try study.program.run(create + ["--seed", "1", "--json"])
    #expect(outcome.status == 0, "\(outcome.messages)")
    let document = try outcome.json()
    #expect(document["outcome"] as? String == "created")
    #expect((document["balance"] as? [String: Any])?["parts"] != nil)
    let subsets = try study.program.run(
      "split", "subsets", "--of", "even", "--shares", "0.05,0.5", "--order", "stratified",
      "--seed", "1")
    #expect(subsets.status == 0, "\(subsets.messages)")
    let list = try study.program.run("split", "list").output
    #expect(list.contains("even-5pct:") && list.contains("even-50pct:"))
    #expect(try study.program.run("catalog", "verify").status == 0)
  }

  @Test("A split of a cohort takes the cohort's dataset")
  func datasetOfCohort() throws {
    let program = study.program
    try program.run(
      "phantom", "--only", "vindr-cxr", "--out", ".", "--patients", "40", "--seed", "3")
    let ingest = try program.run("ingest", "vindr-cxr", "--root", "vindr-cxr")
    #expect(ingest.status == 0, "\(ingest.messages)")
    try program.run("cohort", "create", "adults", "--dataset", "nih", "--view", "pa")
    let made = try program.run("split", "create", "--name", "c", "--cohort", "adults")
    #expect(made.status == 0, "\(made.messages)")
    #expect(try program.run("split", "list", "--dataset", "nih").output.contains("nih  c"))
    let other = try program.run("split", "list", "--dataset", "vindr-cxr", "--json").json()
    #expect(Array(other.keys) == ["vindr-cxr"])
    try program.run(
      "cohort", "create", "both", "--dataset", "nih", "--dataset", "vindr-cxr")
    let unclear = try program.run("split", "create", "--name", "d", "--cohort", "both")
    #expect(unclear.status == 65)
    #expect(unclear.messages.contains("nih and vindr-cxr; name one of them with --dataset"))
  }

  @Test(
    "A dataset that is not in the catalog is refused with the known names",
    arguments: [
      ["cohort", "create", "x"], ["cohort", "flow"], ["cohort", "table"], ["export", "--out", "x"],
      ["prompts", "build", "--name", "x"], ["catalog", "export", "--out", "x"],
      ["split", "create", "--name", "x"], ["split", "list"], ["split", "remove", "half"],
      ["split", "subsets", "--of", "half", "--shares", "0.1"],
      ["split", "import", "parts.csv", "--name", "x"], ["predictions", "remove", "a"],
      ["predictions", "import", "nih/predictions-a.csv", "--model", "x"],
      ["thresholds", "list", "--model", "a"],
      ["thresholds", "select", "--model", "a", "--split", "half:train"],
      ["evaluate", "--model", "a"], ["audit", "--model", "a"],
      ["report", "--model", "a", "--out", "x"],
      ["compare", "--model", "a", "--model", "b"],
    ])
  func unknownDataset(_ verb: [String]) throws {
    let outcome = try study.program.run(verb + ["--dataset", "nhi"])
    #expect(outcome.status == 65, "\(outcome.messages)")
    #expect(
      outcome.messages.contains("There is no dataset nhi: there is nih; did you mean nih?"),
      "\(outcome.messages)")
    #expect(!study.folder.fileNames.contains("x"))
  }

  @Test("A dry run of an import or a removal tells and changes nothing")
  func dryRuns() throws {
    let program = study.program
    let names = try program.run("export", "--out", "-").output.split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    let header = try #require(
      try program.run("export", "--out", "-").output.split(separator: "\n").first)
    let image = try #require(header.split(separator: ",").firstIndex(of: "imageName"))
    try study.folder.write(
      "image\n" + names.map { $0[image] + "\n" }.joined(), to: "all.csv")
    let before = try study.catalogBytes()
    for words in [
      ["split", "import", "--name", "i", "--part", "all=all.csv"], ["split", "remove", "half"],
      ["predictions", "remove", "a"],
    ] {
      let outcome = try program.run(words + ["--dry-run"])
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(outcome.output.contains("dry run") || outcome.output.contains("would remove"))
      let json = try program.run(words + ["--dry-run", "--json"])
      #expect(try !json.json().isEmpty, "\(words)")
    }
    #expect(try study.catalogBytes() == before)
    let made = try program.run("split", "import", "--name", "i", "--part", "all=all.csv")
    #expect(made.status == 0 && made.output.contains("added"), "\(made.messages)")
  }

  @Test("A split with subsets stays until its subsets may go, too")
  func subsetsOfRemoved() throws {
    let program = study.program
    try program.run("split", "subsets", "--of", "half", "--shares", "0.1,0.5")
    try program.run("split", "subsets", "--of", "half-50pct", "--shares", "0.5")
    let refused = try program.run("split", "remove", "half")
    #expect(refused.status == 65)
    #expect(
      refused.messages.contains("half-10pct, half-50pct and half-50pct-50pct"),
      "\(refused.messages)")
    #expect(try program.run("split", "remove", "half-10pct").status == 0)
    let removed = try program.run("split", "remove", "half", "--with-subsets", "--json").json()
    #expect(removed["names"] as? [String] == ["half", "half-50pct", "half-50pct-50pct"])
    #expect((removed["counts"] as? [String: Int])?["thresholds"] ?? 0 > 0)
    #expect(try !program.run("split", "list").output.contains("half"))
  }

  @Test("Removed splits and predictions are gone, with their thresholds")
  func removal() throws {
    let split = try study.program.run("split", "remove", "half", "--dataset", "nih")
    #expect(split.status == 0 && split.output.contains("thresholds chosen on it"))
    let thresholds = try study.program.run("thresholds", "list", "--model", "a", "--json")
    #expect(thresholds.output.trimmingCharacters(in: .whitespacesAndNewlines).count <= 4)
    #expect(try study.program.run("predictions", "remove", "a").status == 0)
    #expect(try !study.program.run("predictions", "list").output.contains(" a:"))
    #expect(try study.program.run("split", "remove", "half").status == 65)
    #expect(try study.program.run("predictions", "remove", "a").status == 65)
  }

  @Test(
    "Options without a meaning, and words that are unknown, are usage errors",
    arguments: [
      (["--method", "stratified"], "--part"),
      (["--part", "a=0.5"], "--part has no meaning"),
      (["--method", "proportions", "--part", "a=0.5", "--part", "b=0.6"], "add up to 1"),
      (["--method", "proportions", "--part", "a=x", "--part", "b=0.6"], "PART=SHARE"),
      (["--method", "mimic-folder", "--test-size", "0.5"], "--test-size has no meaning"),
      (["--validation", "official"], "--validation has no meaning"),
      (["--method", "stratified", "--stratify", "findings,sexes"] + parts, "did you mean sex?"),
      (["--split-index", "1"], "--split-index has no meaning"),
    ])
  func usage(_ arguments: [String], _ words: String) throws {
    let outcome = try study.program.run(["split", "create", "--name", "x"] + arguments)
    #expect(outcome.status == 64, "\(outcome.messages)")
    #expect(outcome.messages.contains(words), "\(outcome.messages)")
  }

  @Test("Folders of MIMIC, cohorts and splits that are not there are bad data")
  func badData() throws {
    for arguments in [["--method", "mimic-folder"], ["--cohort", "adults"]] {
      let outcome = try study.program.run(["split", "create", "--name", "x"] + arguments)
      #expect(outcome.status == 65, "\(outcome.messages)")
    }
    let subsets = try study.program.run("split", "subsets", "--of", "haf", "--shares", "0.1")
    #expect(subsets.status == 65 && subsets.messages.contains("did you mean half?"))
  }

  @Test("A policy by finding is taken, recorded, and refused when a word is unknown")
  func policies() throws {
    let evaluate = ["evaluate", "--model", "a", "--bootstrap", "0", "--policy"]
    let mixed = try study.program.run(evaluate + ["u-zeros,Edema=u-ones+no-finding", "--json"])
    #expect(mixed.status == 0, "\(mixed.messages)")
    #expect(mixed.output.contains("u-zeros,Edema=u-ones+no-finding"))
    let refused = try study.program.run(evaluate + ["u-zeros,Edemaa=u-ones"])
    #expect(refused.status == 64)
    #expect(refused.messages.contains("Edemaa") && refused.messages.contains("mean Edema?"))
  }
}
