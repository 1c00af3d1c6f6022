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
