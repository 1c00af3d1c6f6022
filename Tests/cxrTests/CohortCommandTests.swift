// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation
import Testing

@Suite("cxr cohort")
struct CohortCommandTests {
  private let study: SimulatedStudy

  init() throws { study = try SimulatedStudy(patientCount: 60) }

  @Test("A cohort is made by flags or by a file, shown, drawn, tabulated and removed")
  func wholeWay() throws {
    let program = study.program
    let create = [
      "cohort", "create", "adults", "--dataset", "nih", "--view", "pa", "--min-age", "18", "--one",
      "patient:first-acquired",
    ]
    let dry = try program.run(create + ["--dry-run"])
    #expect(dry.status == 0 && dry.output.contains("nothing was written"), "\(dry.messages)")
    #expect(try program.run("cohort", "list").output.contains("no cohorts"))
    #expect(try program.run(create).output.hasPrefix("adults: created"))
    let yaml = try program.run("cohort", "show", "adults").output
    try study.folder.write(yaml, to: "adults.yaml")
    let again = try program.run("cohort", "create", "adults", "--from", "adults.yaml")
    #expect(again.output.hasPrefix("adults: unchanged"), "\(again.output)\(again.messages)")
    let before = try study.catalogBytes()
    let other = ["cohort", "create", "adults", "--dataset", "nih", "--view", "ap"]
    let conflict = try program.run(other)
    #expect(conflict.status == 65 && conflict.messages.contains("--replace"))
    #expect(try study.catalogBytes() == before)
    let flow = try program.run("cohort", "flow", "adults", "--json").json()
    #expect(flow["cohort"] as? String == "adults")
    let table = try program.run(
      "cohort", "table", "adults", "--split", "half", "--smd", "train", "--out", "table")
    #expect(table.status == 0, "\(table.messages)")
    #expect(table.output.contains("SMD"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: study.folder.path("table")).sorted()
        == ["intersections.csv", "population.csv", "population.json", "population.md"])
    #expect(try program.run(other + ["--replace"]).output.hasPrefix("adults: updated"))
    #expect(try program.run("cohort", "remove", "adults").status == 0)
    #expect(try program.run("cohort", "show", "adults").status == 65)
  }

  @Test("Every verb that uses a cohort warns once its dataset was ingested anew")
  func outdated() throws {
    let program = study.program
    let create = ["cohort", "create", "adults", "--dataset", "nih", "--view", "pa"]
    try program.run(create)
    try program.run("phantom", "--only", "nih", "--out", "other", "--patients", "80")
    try program.run("ingest", "nih", "--root", "other/nih", "--replace")
    let verbs = [
      ["cohort", "list"], ["cohort", "show", "adults"], ["cohort", "flow", "adults"],
      ["cohort", "table", "adults"], ["export", "--cohort", "adults", "--out", "adults.csv"],
      [
        "split", "create", "--name", "s", "--cohort", "adults", "--dataset", "nih", "--dry-run",
      ],
      [
        "prompts", "build", "--name", "p", "--cohort", "adults", "--template", "{sex}", "--dry-run",
      ],
    ]
    let warning = "warning: cohort adults was made before nih was last ingested; run `cxr cohort "
    for verb in verbs {
      let outcome = try program.run(verb)
      #expect(outcome.status == 0, "\(verb): \(outcome.messages)")
      #expect(outcome.messages.contains(warning), "\(verb): \(outcome.messages)")
      #expect(outcome.messages.contains("again with --replace"), "\(verb)")
    }
    let refused = try program.run(create)
    #expect(refused.status == 65 && refused.messages.contains("because nih was ingested again"))
    #expect(try program.run(create + ["--replace"]).status == 0)
    for verb in verbs {
      #expect(try !program.run(verb).messages.contains("warning: cohort"), "\(verb)")
    }
  }

  @Test("A cohort without a radiograph is refused unless it is wanted, and told of either way")
  func empty() throws {
    let program = study.program
    let create = ["cohort", "create", "none", "--having", "Support Devices=positive"]
    for words in [create, create + ["--dry-run"]] {
      let refused = try program.run(words)
      #expect(refused.status == 65, "\(refused.messages)")
      #expect(refused.messages.contains("warning: having Support Devices lets nothing of nih in"))
      #expect(refused.messages.contains("--allow-empty"))
    }
    #expect(try program.run("cohort", "list").output.contains("no cohorts"))
    let kept = try program.run(create + ["--allow-empty"])
    #expect(kept.status == 0 && kept.output.hasPrefix("none: created"), "\(kept.messages)")
    let table = try program.run("cohort", "table", "none")
    #expect(table.status == 65 && table.messages.contains("Cohort none is empty"))
    #expect(table.messages.contains("`cxr cohort flow none`"), "\(table.messages)")
    #expect(try program.run("cohort", "flow", "none").status == 0)
    let lateral = try program.run("cohort", "table", "--dataset", "nih", "--view", "lateral")
    #expect(lateral.status == 65 && lateral.messages.contains("check the view, or leave it out"))
  }

  @Test("A cohort is outdated once the split that it was chosen by is gone or made anew")
  func outdatedSplit() throws {
    let program = study.program
    let create = ["cohort", "create", "c", "--dataset", "nih", "--split", "half:train"]
    #expect(try program.run(create).status == 0)
    func splits() throws -> (list: [[String: Any]], messages: String) {
      let outcome = try program.run("cohort", "list", "--json")
      let cohorts = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      let cohort = try #require((cohorts as? [[String: Any]])?.first)
      return (try #require(cohort["outdatedSplits"] as? [[String: Any]]), outcome.messages)
    }
    let fresh = try splits()
    #expect(fresh.list.isEmpty && fresh.messages.isEmpty)

    try program.run("split", "remove", "half", "--dataset", "nih")
    let gone = try splits()
    #expect(gone.list.map { $0["isPresent"] as? Bool } == [false])
    for verb in [["list"], ["show", "c"], ["table", "c"]] {
      let outcome = try program.run(["cohort"] + verb)
      #expect(outcome.status == 0)
      #expect(
        outcome.messages.contains(
          "warning: cohort c was chosen by split half of nih, which the catalog has no longer;"),
        "\(verb): \(outcome.messages)")
    }

    // The same split again: nothing differs, but only choosing again can show it.
    try program.run(
      "split", "create", "--dataset", "nih", "--name", "half", "--test-size", "0.5")
    let anew = try splits()
    #expect(anew.list.map { $0["isPresent"] as? Bool } == [true])
    #expect(anew.messages.contains("was made before split half of nih was made anew; run `cxr "))
    #expect(try program.run(create).output.hasPrefix("c: updated"))
    let checked = try splits()
    #expect(checked.list.isEmpty && checked.messages.isEmpty)
    #expect(try program.run(create).output.hasPrefix("c: unchanged"))

    let info = try program.run("catalog", "info")
    #expect(info.output.contains(#/Cohorts\n  c: \d+ radiographs of \d+ patients\n/#))
    let json = try program.run("catalog", "info", "--json").json()
    let cohorts = try #require(json["cohorts"] as? [[String: Any]])
    #expect(cohorts.map { $0["name"] as? String } == ["c"])
    #expect((json["imageStores"] as? [Any])?.isEmpty == true)
  }

  @Test(
    "Arguments that are written otherwise than they must be are told how",
    arguments: [
      (["--having", "Edema"], "write FINDING=STATE,STATE"),
      (["--having", "Efusion=positive"], "did you mean Pleural Effusion?"),
      (["--having", "Edema=yes"], "the states are negative, positive,"),
      (["--having", "Edema=positive", "--having", "edema=negative"], "names Edema twice"),
      (["--attribute", "pediatric"], "write NAME=VALUE"),
      (["--one", "patient"], "write patient:RULE or study:RULE; the rules are first-acquired"),
      (["--split", "official"], "write the split and its part as NAME:PART"),
    ])
  func forms(_ arguments: [String], _ words: String) throws {
    let outcome = try study.program.run(["cohort", "create", "x"] + arguments)
    #expect(outcome.status == 64, "\(outcome.messages)")
    #expect(outcome.messages.replacing("\n", with: " ").contains(words), "\(outcome.messages)")
  }

  @Test("Mistakes end with the documented status and a remedy")
  func mistakes() throws {
    let program = study.program
    try study.folder.write("name: x\ndatasets: [nih]\nveiws: [PA]\n", to: "bad.yaml")
    let bad = try program.run("cohort", "create", "x", "--from", "bad.yaml")
    #expect(bad.status == 65)
    #expect(bad.messages.contains("bad.yaml:3") && bad.messages.contains("did you mean views?"))
    #expect(try program.run("cohort", "create", "x", "--from", "none.yaml").status == 66)
    #expect(
      try program.run("cohort", "create", "x", "--from", "bad.yaml", "--view", "pa").status == 64)
    #expect(
      try program.run("cohort", "create", "x", "--min-age", "40", "--max-age", "18").status == 64)
    #expect(try program.run("cohort", "flow").status == 64)
    #expect(try program.run("cohort", "flow", "nobody").status == 65)
    #expect(try program.run("cohort", "table", "--part", "test").status == 64)
    #expect(try program.run("cohort", "table", "--labels", "Edmea").status == 64)
    #expect(try program.run("cohort", "table", "--dataset", "nih", "--smd", "x").status == 65)
  }

  @Test("A suppressed table shows no small count")
  func suppression() throws {
    let outcome = try study.program.run(
      "cohort", "table", "--dataset", "nih", "--suppress", "10", "--json")
    let populations = try #require(try outcome.json()["populations"] as? [[String: Any]])
    let sections = try #require(populations[0]["sections"] as? [[String: Any]])
    let counts = sections.flatMap { $0["categories"] as? [[String: Any]] ?? [] }
      .compactMap { $0["count"] as? Int }
    #expect(!counts.isEmpty)
    #expect(counts.allSatisfy { $0 == 0 || $0 >= 10 })
  }
}
