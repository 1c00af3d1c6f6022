// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRFiles
import CXRReport
import CXRTestSupport
import Foundation
import Testing

@testable import CXRStudy

@Suite("Stages")
struct StageGraphTests {
  @Test("Each stage comes after those that it needs, and each once")
  func order() throws {
    let stages = try SmallStudy.graph().stages
    var done: Set<String> = []
    for stage in stages {
      #expect(stage.upstream.allSatisfy(done.contains), "\(stage.name)")
      #expect(done.insert(stage.name).inserted, "\(stage.name)")
    }
  }

  @Test("A stage is a command line that a person could type")
  func commandLines() throws {
    let graph = try SmallStudy.graph()
    let line = { (name: String) throws -> String in
      try #require(graph.stage(name)).arguments.joined(separator: " ")
    }
    #expect(
      try line("phantom-sites")
        == "phantom --out studies/small/phantoms/sites --only mimic-cxr --only nih --patients 30 "
        + "--seed 7")
    #expect(
      try line("ingest-mimic-cxr")
        == "ingest mimic-cxr --root studies/small/phantoms/sites/mimic-cxr --max-bad-rows 1000 "
        + "--set labels=negbio --replace")
    #expect(
      try line("store-made")
        == "images build --out studies/small/stores/made --dataset synthetic --side 64 "
        + "--root synthetic=studies/small/generators/tiny/images --replace")
    #expect(
      try line("train-mixed")
        == "train --name mixed --out studies/small/runs/mixed --dataset mimic-cxr "
        + "--synthetic synthetic --store real --train study:train --validate study:val --epochs 3 "
        + "--strategy mixed --replace")
    #expect(
      try line("train-real-real-10pct").contains("--train study-10pct:train --validate study:val"))
    #expect(
      try line("subsets-mimic-cxr-study")
        == "split subsets --dataset mimic-cxr --of study --part train --shares 0.1,0.5 --replace")
    #expect(
      try line("thresholds-mixed")
        == "thresholds select --model mixed --dataset mimic-cxr --split study:val --for nih")
    #expect(
      try line("evaluation")
        == "report --dataset mimic-cxr --dataset nih --model real --model mixed "
        + "--split mimic-cxr=study:test --split nih=study:test --labels Edema,Pneumonia "
        + "--group sex --group age --bootstrap 10 --out studies/small/evaluation")
  }

  @Test("A stage needs what its words name, and no more")
  func upstream() throws {
    let graph = try SmallStudy.graph()
    let upstream = { (name: String) throws -> Set<String> in
      Set(try #require(graph.stage(name)).upstream)
    }
    #expect(try upstream("ingest-nih") == ["phantom-sites"])
    #expect(try upstream("split-nih-study") == ["ingest-nih"])
    #expect(try upstream("split-mimic-cxr-study") == ["ingest-mimic-cxr", "cohort-pa"])
    #expect(
      try upstream("prompts-balanced") == [
        "ingest-mimic-cxr", "ingest-nih", "cohort-pa", "split-mimic-cxr-study", "split-nih-study",
      ])
    #expect(try upstream("sample-tiny") == ["prompts-balanced"])
    #expect(try upstream("enter-tiny") == ["sample-tiny"])
    #expect(try upstream("store-made") == ["enter-tiny"])
    #expect(try upstream("predict-mixed-nih") == ["train-mixed", "ingest-nih", "store-real"])
    #expect(
      try upstream("thresholds-mixed") == [
        "predict-mixed-mimic-cxr", "predict-mixed-nih", "split-mimic-cxr-study",
      ])
  }

  @Test("Judges learn from real images and are named where images are checked")
  func judges() throws {
    let yaml = SmallStudy.yaml.replacing(
      "sample: {prompts: balanced}", with: "sample: {prompts: balanced, classifier: [sex, x.pt]}"
    ).replacing("stores:", with: "judges:\n  sex: {findings: No Finding, epochs: 1}\nstores:")
    let graph = try SmallStudy.graph(yaml)
    let judge = try #require(graph.stage("train-sex"))
    #expect(judge.arguments.contains("No Finding") && !judge.arguments.contains("--synthetic"))
    let sample = try #require(graph.stage("sample-tiny"))
    #expect(sample.upstream.contains("train-sex"))
    #expect(
      sample.arguments.joined(separator: " ").contains(
        "--classifier studies/small/runs/sex/best --classifier x.pt"))
    #expect(sample.inputs == [.path("model"), .path("x.pt")])
  }

  @Test("What needs a GPU is marked")
  func gpu() throws {
    let names = try SmallStudy.graph().stages.filter(\.isOnGPU).map(\.name)
    #expect(names.contains("sample-tiny") && names.contains("train-real"))
    #expect(
      names.allSatisfy { name in ["sample", "train", "predict"].contains { name.hasPrefix($0) } })
  }

  @Test("Stages are named by their name or its beginning, and unknown ones are refused")
  func names() throws {
    let graph = try SmallStudy.graph()
    #expect(try graph.names(matching: "train-mixed") == ["train-mixed"])
    #expect(try graph.names(matching: "train").count == 4)
    #expect(
      graph.names(through: ["split-nih-study"]) == [
        "phantom-sites", "ingest-nih", "split-nih-study",
      ])
    let error = #expect(throws: StudyError.self) { try graph.names(matching: "trian-mixed") }
    #expect(error?.code == .unknownStage)
    #expect(error?.message.contains("did you mean train-mixed?") == true)
  }

  @Test("The report of a study is made by an index that the report reads")
  func index() throws {
    let yaml =
      SmallStudy.yaml.replacing("name: small", with: "name: small\npublication: roentgen-v2")
      + "\nreport: {labels: [Edema, Pneumonia], group: [sex, age], bootstrap: 10, view: PA}\n"
    let stage = try #require(try SmallStudy.graph(yaml).stage("report"))
    let document = try #require(stage.documents.first)
    let folder = try TemporaryFolder()
    let file = try folder.write(document.text, to: "study.json")
    let index = try StudyIndex(contentsOf: URL(filePath: file))
    #expect(index.publication == .roentgenV2 && index.title == "A small study")
    #expect(index.arms.map(\.name) == ["real", "real-real-10pct", "real-real-50pct", "mixed"])
    #expect(index.arms.map(\.isHeadline) == [true, false, false, true])
    #expect(index.testSets.map(\.role) == [.inDistribution, .external])
    #expect(index.testSets[1].view == .pa && index.testSets[1].groups == ["sex", "age"])
    #expect(index.statistics.resamples == 10)
  }

  @Test("A report that cannot be made is told when the study is read")
  func badReport() {
    let yaml = SmallStudy.yaml + "\nreport: {labels: [Edema], view: PA}\n"
    let unknown = yaml.replacing("name: small", with: "name: small\npublication: roentgen-v3")
    let error = #expect(throws: StudyError.self) { try SmallStudy.graph(unknown) }
    #expect(error?.message.hasPrefix("small.yaml:3: publication: ") == true)
    #expect(error?.message.contains("roentgen-v2") == true)
  }

  /// The small study with a generator that is trained.
  private static func trained(_ training: String, _ rest: String) -> String {
    SmallStudy.yaml.replacing(
      "    sample: {prompts: balanced}",
      with: """
            train: {prompts: balanced, store: real\(training)}
            sample: {prompts: balanced}
        \(rest)
        """)
  }

  private static let checkpoints = """
        checkpoints:
          steps: [10, 20, 30]
          sample: {prompts: balanced, copies: 4}
          score: {store: real}
    """

  @Test(
    "Checkpoints are sampled where training leaves them, the last step among them or by itself",
    arguments: [(30, "models/step-000030"), (35, "model")])
  func checkpoints(last: Int, place: String) throws {
    let yaml = Self.trained(
      ", max-train-steps: \(last), model-steps: 10",
      Self.checkpoints.replacing("30]", with: "\(last)]"))
    let graph = try SmallStudy.graph(
      yaml + "\nreport: {labels: [Edema]}\n", vocabulary: .withTraining)
    let model = { (stage: String) throws -> String in
      let words = try #require(graph.stage(stage)).arguments
      return words[try #require(words.firstIndex(of: "--model")) + 1]
    }
    let run = "studies/small/generators/tiny/run"
    #expect(try model("sample-tiny-step-20") == "\(run)/models/step-000020")
    #expect(try model("sample-tiny-step-\(last)") == "\(run)/\(place)")
    #expect(try model("sample-tiny") == "\(run)/model")
    let document = try #require(graph.stage("report")?.documents.first)
    #expect(document.text.contains("generators/tiny/checkpoints/score.json"))
  }

  @Test(
    "A checkpoint that training does not keep is told before anything runs",
    arguments: [
      (", max-train-steps: 30", "no model is kept after step 10; set model-steps"),
      (", max-train-steps: 30, model-steps: 20", "no model is kept after step 10; set"),
      (", max-train-steps: 20, model-steps: 10", "step 30 is never reached; training ends with"),
      (", model-steps: 10", "say max-train-steps"),
    ])
  func lostCheckpoint(training: String, message: String) {
    let yaml = Self.trained(training, Self.checkpoints)
    let error = #expect(throws: StudyError.self) {
      try SmallStudy.graph(yaml, vocabulary: .withTraining)
    }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test("An arm is trained with each of its seeds, and stands in the main tables with the first")
  func seeds() throws {
    let yaml = SmallStudy.yaml.replacing(
      "mixed: {strategy: mixed, epochs: 3",
      with: "mixed: {strategy: mixed, seeds: [4, 5], epochs: 3")
    let graph = try SmallStudy.graph(yaml + "\nreport: {labels: [Edema]}\n")
    let words = { (stage: String) throws -> String in
      try #require(graph.stage(stage)).arguments.joined(separator: " ")
    }
    #expect(try words("train-mixed").contains("--seed 4 "))
    #expect(try words("train-mixed-seed-5").contains("--seed 5 "))
    #expect(graph.stage("predict-mixed-seed-5-nih") != nil)
    let document = try #require(graph.stage("report")?.documents.first)
    let folder = try TemporaryFolder()
    let index = try StudyIndex(
      contentsOf: URL(filePath: try folder.write(document.text, to: "study.json")))
    let mixed = index.arms.filter { $0.strategy == "mixed" }
    #expect(mixed.map(\.seed) == [4, 5] && mixed.map(\.isHeadline) == [true, false])
    for seeds in ["seeds: [4, 4]", "seeds: [4, 5], seed: 3"] {
      let error = #expect(throws: StudyError.self) {
        try SmallStudy.graph(yaml.replacing("seeds: [4, 5]", with: seeds))
      }
      #expect(error?.message.contains("seeds") == true)
    }
  }

  @Test("Sections that need one another are refused")
  func circle() {
    let yaml = SmallStudy.yaml.replacing(
      "    views: [PA]", with: "    views: [PA]\n    split: {name: study, part: train}")
    let error = #expect(throws: StudyError.self) { try SmallStudy.graph(yaml) }
    #expect(error?.message.contains("these need one another: cohort-pa") == true)
  }
}
