// SPDX-License-Identifier: Apache-2.0
import CXRStudy
import Testing

@Suite("Study manifests")
struct StudyManifestTests {
  private func problems(_ yaml: String) -> String {
    let error = #expect(throws: StudyError.self) { try SmallStudy.graph(yaml) }
    #expect(error?.code == .invalidManifest)
    return error?.message ?? ""
  }

  @Test("A study is read with its name, title and folder")
  func reads() throws {
    let study = try StudyManifest(yaml: SmallStudy.yaml, file: "small.yaml", vocabulary: .small)
    #expect(study.name == "small")
    #expect(study.title == "A small study")
    #expect(study.folder == "studies/small")
    #expect(study.downloadedDatasets.isEmpty)
  }

  @Test("An unknown option is told with file, line and the nearest that the verb has")
  func unknownOption() {
    let yaml = SmallStudy.yaml.replacing("epochs: 2", with: "epoch: 2")
    #expect(
      problems(yaml).hasPrefix(
        "small.yaml:32: train.epoch: there is no such key; did you mean epochs?"))
  }

  @Test("Everything that is wrong is told at once, by line")
  func several() {
    let yaml = SmallStudy.yaml.replacing("schema: 1", with: "schema: 2")
      .replacing("balanced: true", with: "balanced: perhaps")
      .replacing("arms:", with: "arm:")
    let lines = problems(yaml).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("small.yaml:1: schema: version 2 is not known"))
    #expect(lines[1].contains("prompts.balanced.balanced: perhaps is no answer here"))
    #expect(lines[2].contains("arm: there is no such key; did you mean arms?"))
  }

  @Test(
    "Names that nothing in the study has are told with line and the nearest name",
    arguments: [
      ("cohort: pa, method", "cohort: pb, method", "the study has no cohort pb; did you mean pa?"),
      ("store: real", "store: reel", "the study has no store reel; did you mean real?"),
      (
        "train: study:train", "train: studie:train",
        "the study has no split of mimic-cxr studie; did you mean study?"
      ),
      (
        "sample: {prompts: balanced}", "sample: {prompts: balance}",
        "the study has no prompt set balance; did you mean balanced?"
      ),
      ("synthetic: synthetic", "synthetic: none", "the study has no dataset none; it has"),
      ("{dataset: nih, split", "{dataset: nhi, split", "the study has no dataset nhi; did you"),
    ])
  func unknownNames(_ former: String, _ wrong: String, _ message: String) throws {
    let yaml = SmallStudy.yaml.replacing(former, with: wrong, maxReplacements: 1)
    #expect(yaml != SmallStudy.yaml)
    let problem = problems(yaml)
    #expect(problem.contains(message), "\(problem)")
    #expect(problem.hasPrefix("small.yaml:"))
  }

  @Test("A section takes what it merges from another, and its own keys count first")
  func merges() throws {
    let yaml = SmallStudy.yaml
      .replacing("real: {cohort: pa, side: 64}", with: "real: &size {cohort: pa, side: 64}")
      .replacing("made: {dataset: synthetic, side: 64}", with: "made: {side: 32, <<: *size}")
    let stage = try #require(try SmallStudy.graph(yaml).stage("store-made"))
    let line = stage.arguments.joined(separator: " ")
    #expect(line.contains("--side 32") && line.contains("--cohort pa"), "\(line)")
    #expect(!line.contains("64"), "\(line)")
  }

  @Test("A verb that the program lacks is told with the line of its section")
  func unknownVerb() {
    let yaml = SmallStudy.yaml.replacing("    sample:", with: "    train: {steps: 5}\n    sample:")
    #expect(problems(yaml).contains("generators.tiny.train: this cxr has no verb diffusion train"))
  }

  @Test("The folder of a dataset can be given from outside, for datasets of the study only")
  func roots() throws {
    var study = try StudyManifest(yaml: SmallStudy.yaml, file: "small.yaml", vocabulary: .small)
    try study.setRoot("/data/nih", of: "nih")
    #expect(study.downloadedDatasets == ["nih"])
    let stage = try #require(try StageGraph(study).stage("ingest-nih"))
    #expect(stage.arguments.contains("/data/nih"))
    #expect(stage.upstream.isEmpty)
    let error = #expect(throws: StudyError.self) { try study.setRoot("x", of: "nhi") }
    #expect(error?.message.contains("did you mean nih?") == true)
  }
}
