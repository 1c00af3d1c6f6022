// SPDX-License-Identifier: Apache-2.0
import CXRStudy
import CXRTestSupport
import Foundation
import Testing

@Suite("Running studies")
struct StudyRunnerTests {
  let fake: FakeProgram

  init() throws { fake = try FakeProgram() }

  /// The stages that are not up to date.
  private func open(_ yaml: String = SmallStudy.yaml) throws -> Set<String> {
    Set(try fake.statuses(yaml).filter { $0.value != .upToDate }.keys)
  }

  @Test("Every stage runs once, and nothing runs again")
  func twice() async throws {
    let calls = try await fake.run()
    #expect(calls.count == (try fake.graph().stages.count))
    #expect(calls.first?.hasPrefix("phantom") == true)
    #expect(try open().isEmpty)
    #expect(try await fake.run().isEmpty)
  }

  @Test("What a changed setting leads to runs again, and nothing else")
  func changedSetting() async throws {
    try await fake.run()
    let yaml = SmallStudy.yaml.replacing("epochs: 3", with: "epochs: 4")
    #expect(
      try open(yaml) == [
        "train-mixed", "predict-mixed-mimic-cxr", "predict-mixed-nih", "thresholds-mixed", "curves",
        "evaluation",
      ])
    #expect(try fake.statuses(yaml)["train-mixed"] == .outdated("settings changed"))
    #expect(try fake.statuses(yaml)["evaluation"]?.reason?.hasSuffix("changed") == true)
    #expect(try await fake.run(yaml).count == 6)
    #expect(try open(yaml).isEmpty)
    // What another setting has left is put away, so that a training begins in an empty folder.
    let run = try String(
      contentsOfFile: "\(fake.layout.folder)/runs/mixed/run.json", encoding: .utf8)
    #expect(run == "x\n")
  }

  @Test("What a changed file outside leads to runs again")
  func changedFile() async throws {
    try await fake.run()
    try fake.folder.write("other weights", to: "model/weights")
    let open = try open()
    #expect(open.isSuperset(of: ["sample-tiny", "enter-tiny", "store-made", "train-real"]))
    #expect(open.isDisjoint(with: ["prompts-balanced", "store-real", "ingest-nih"]))
    #expect(try fake.statuses()["sample-tiny"]?.reason?.hasSuffix("model changed") == true)
  }

  @Test("What was removed is made again, and so is what follows from it")
  func removed() async throws {
    try await fake.run()
    try FileManager.default.removeItem(atPath: "\(fake.layout.folder)/runs/real")
    #expect(
      try open() == [
        "train-real", "predict-real-mimic-cxr", "predict-real-nih", "thresholds-real", "curves",
        "evaluation",
      ])
    try await fake.run(only: ["train-real"])
    #expect(try fake.statuses()["predict-real-nih"] == .outdated("train-real ran again"))
    try await fake.run()
    try FileManager.default.removeItem(atPath: fake.layout.catalog)
    #expect(try open().count == (try fake.graph().stages.count) - 1)
    #expect(try fake.statuses()["phantom-sites"] == .upToDate)
  }

  @Test("A stage that fails ends the run with its status and last words, and goes on later")
  func failure() async throws {
    try fake.folder.write("train\n", to: "fail")
    let error = await #expect(throws: StudyError.self) { try await fake.run() }
    #expect(error?.code == .stageFailed)
    #expect(error?.exitStatus == 65)
    #expect(error?.message.contains("fake: error: no luck") == true)
    #expect(error?.message.contains("logs/train-real.log") == true)
    let count = fake.takeCalls().count
    #expect(try fake.statuses()["train-real"] == .unfinished)
    try FileManager.default.removeItem(atPath: fake.folder.path("fail"))
    let calls = try await fake.run()
    #expect(calls.count + count - 1 == (try fake.graph().stages.count))
    // It had not begun its run, so there is nothing to resume.
    #expect(calls.first?.contains("--resume") == false)
  }

  @Test("A stage that fails without a word is not told in the words of an earlier attempt")
  func silentFailure() async throws {
    try fake.folder.write("train\n", to: "fail")
    for words in ["fake: error: no luck", "exit status 65: it printed nothing"] {
      let error = await #expect(throws: StudyError.self) { try await fake.run() }
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
      try fake.folder.write("", to: "mute")
    }
  }

  @Test("A training that was interrupted is resumed")
  func interruption() async throws {
    try fake.folder.write("train\n", to: "slow")
    let fake = fake
    let work = Task { try await fake.run() }
    let log = fake.layout.log(of: "train-real")
    while (try? String(contentsOfFile: log, encoding: .utf8))?.contains("begun") != true {
      try await Task.sleep(for: .milliseconds(20))
    }
    // While it works, nobody else does.
    let second = await #expect(throws: StudyError.self) { try await fake.run() }
    #expect(second?.code == .busy)
    work.cancel()
    await #expect(throws: CancellationError.self) { try await work.value }
    #expect(try fake.statuses()["train-real"] == .unfinished)
    try FileManager.default.removeItem(atPath: fake.folder.path("slow"))
    _ = fake.takeCalls()
    let calls = try await fake.run()
    #expect(calls.first?.hasPrefix("train --name real") == true)
    #expect(calls.first?.hasSuffix("--resume") == true)
    // Of other settings nothing can be resumed.
    let other = try await fake.run(SmallStudy.yaml.replacing("epochs: 2", with: "epochs: 5"))
    #expect(!other.contains { $0.contains("--resume") })
  }

  @Test("Stages that others need are not passed over")
  func only() async throws {
    let error = await #expect(throws: StudyError.self) { try await fake.run(only: ["ingest-nih"]) }
    #expect(error?.code == .missingInput)
    #expect(error?.message.contains("ingest-nih needs phantom-sites") == true)
    #expect(fake.takeCalls().isEmpty)
    #expect(try await fake.run(only: ["phantom"]).count == 1)
    #expect(try await fake.run(only: ["ingest-nih"]).count == 1)
  }

  @Test("Inputs that are not there are named before anything runs")
  func missing() async throws {
    try FileManager.default.removeItem(atPath: fake.folder.path("model"))
    #expect(try fake.statuses()["sample-tiny"]?.word == "missing")
    let error = await #expect(throws: StudyError.self) { try await fake.run() }
    #expect(error?.code == .missingInput)
    #expect(error?.message.contains("sample-tiny: There is no file or folder") == true)
    #expect(fake.takeCalls().isEmpty)
  }

  @Test("A plan tells what stages of a verb took, and how many are done")
  func document() async throws {
    try await fake.run(only: ["phantom"])
    let plan = try StagePlan(try fake.graph(), layout: fake.layout)
    let document = PlanDocument(plan, study: "small", layout: fake.layout)
    #expect(document.doneCount == 1)
    #expect(document.stages[0].seconds != nil && document.stages[0].expectedSeconds == nil)
    #expect(document.stages[1].status == "to do" && document.stages[1].expectedSeconds == nil)
  }

  @Test("The time of a stage goes with its work, by stages of the same verb")
  func expectedTime() async throws {
    try await fake.run(only: ["phantom", "ingest-mimic-cxr"])
    let plan = try StagePlan(try fake.graph(), layout: fake.layout)
    let amounts = ["ingest-mimic-cxr": 10.0, "ingest-nih": 30]
    let document = PlanDocument(plan, of: ["ingest-nih"], study: "small", layout: fake.layout) {
      StageWork("much", amount: amounts[$0.name])
    }
    let seconds = try #require(plan.items.first { $0.stage.name == "ingest-mimic-cxr" }?.record)
      .seconds
    #expect(document.stages.map(\.stage) == ["ingest-nih"] && document.stages[0].work == "much")
    let expected = try #require(document.stages[0].expectedSeconds)
    #expect(abs(expected - 3 * seconds) <= 1e-9 * seconds)
    let unknown = PlanDocument(plan, of: ["ingest-nih"], study: "small", layout: fake.layout)
    #expect(unknown.stages[0].expectedSeconds == seconds && unknown.stages[0].work == nil)
  }

  @Test("Everything that is missing is listed once, with the stages that need it")
  func missingInputs() throws {
    try FileManager.default.removeItem(atPath: fake.folder.path("model"))
    let yaml = SmallStudy.yaml.replacing("average: true", with: "average: true\n  weights: no.pt")
      .replacing("age-jitter: 5", with: "age-jitter: 5, tokenizer: no-tokens")
    let plan = try StagePlan(try fake.graph(yaml), layout: fake.layout)
    let inputs = PlanDocument(plan, study: "small", layout: fake.layout).missingInputs
    let expected = [("no-tokens", 1), ("/model", 1), ("no.pt", 4)]
    #expect(inputs.count == expected.count)
    for (name, count) in expected {
      #expect(inputs.contains { $0.message.contains("\(name);") && $0.stages.count == count })
    }
  }
}
