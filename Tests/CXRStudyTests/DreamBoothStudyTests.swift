// SPDX-License-Identifier: Apache-2.0
import CXRReport
import CXRTestSupport
import Foundation
import Testing

@testable import CXRStudy

/// A study of two generators that learn beside images of a class, and of mixes in numbers.
@Suite("DreamBooth studies")
struct DreamBoothStudyTests {
  private static let vocabulary = VerbVocabulary(
    VerbVocabulary.small.options.merging([
      "diffusion train": [
        .init(name: "prompts"), .init(name: "store"), .init(name: "class-store"),
        .init(name: "class-prompts"),
      ],
      "diffusion sample": [.init(name: "prompts"), .init(name: "attempts")],
      "diffusion score": [.init(name: "store"), .init(name: "fid-network")],
    ]) { $1 })

  private static let yaml =
    SmallStudy.yaml
    .replacing(
      "    dataset: synthetic\n",
      with: """
            dataset: class-images
          sick:
            title: Sick lungs
            published: pneumonia
            model: model
            train: {prompts: balanced, store: real, class-store: made, class-prompts: balanced}
            sample: {prompts: balanced, attempts: 1}
            score: {store: real, fid-network: inception.safetensors}
            dataset: synthetic

        """
    ).replacing("made: {dataset: synthetic,", with: "made: {dataset: class-images,")
    .replacing(
      "real: {strategy: real, real-shares: [0.1, 0.5]}", with: "real: {strategy: baseline}"
    )
    .replacing("{strategy: mixed, epochs: 3", with: "{strategy: limited-10, epochs: 3")
      + """

      report: {labels: Pneumonia, threshold: 0.5}
      """

  private func graph(_ yaml: String = yaml) throws -> StageGraph {
    try StageGraph(StudyManifest(yaml: yaml, file: "study.yaml", vocabulary: Self.vocabulary))
  }

  @Test("A generator waits for the images of its class")
  func classImages() throws {
    let graph = try graph()
    let stage = try #require(graph.stage("finetune-sick"))
    #expect(Set(stage.upstream) == ["prompts-balanced", "store-real", "store-made"])
    #expect(
      stage.arguments.joined(separator: " ").contains("--class-store made --class-prompts balanced")
    )
    #expect(try #require(graph.stage("store-made")).upstream == ["enter-tiny"])
    let error = #expect(throws: StudyError.self) {
      try self.graph(Self.yaml.replacing("class-store: made", with: "class-store: mad"))
    }
    #expect(error?.message.contains("no store mad; did you mean made?") == true)
  }

  @Test("The report knows numbers of images, the threshold and where distances lie")
  func index() throws {
    let stage = try #require(try graph().stage("report"))
    #expect(stage.upstream.contains("score-sick"))
    let folder = try TemporaryFolder()
    let file = try folder.write(try #require(stage.documents.first).text, to: "study.json")
    let index = try StudyIndex(contentsOf: URL(filePath: file))
    #expect(index.statistics.threshold == 0.5)
    // Of images that nothing rejects there is no yield.
    #expect(index.generationRuns == ["tiny"])
    #expect(index.arms.map(\.realCount) == [5216, 522])
    #expect(index.arms.map(\.syntheticCount) == [0, 2400])
    #expect(index.arms.map(\.realShare) == [nil, nil])
    #expect(
      index.distances == [
        .init(
          label: "Sick lungs", metric: "FID", path: "generators/sick/score/score.json",
          publishedAs: "pneumonia")
      ])
  }

  @Test("A threshold that is no number is told with its line")
  func threshold() {
    let error = #expect(throws: StudyError.self) {
      try graph(Self.yaml.replacing("threshold: 0.5", with: "threshold: half"))
    }
    #expect(error?.message.contains("report.threshold: ") == true)
  }
}
