// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRStudy
import Testing

@Suite("Work of stages")
struct WorkEstimatorTests {
  private static let yaml = SmallStudy.yaml.replacing(
    "    sample: {prompts: balanced}",
    with: """
          train:
            {prompts: balanced, store: real, max-train-steps: 60000, model-steps: 5000,
             train-batch-size: 192}
          checkpoints:
            steps: [5000, 60000]
            sample: {prompts: balanced, copies: 4, steps: 50}
            score: {store: real}
          checkpoint: 5000
          sample: {prompts: balanced, steps: 75, attempts: 4}
      """)

  private func words(_ stage: String, _ sizes: CatalogSizes) throws -> String? {
    let graph = try SmallStudy.graph(
      Self.yaml + "\nreport: {labels: [Edema], bootstrap: 500}\n", vocabulary: .withTraining)
    return WorkEstimator(graph, sizes: sizes, vocabulary: .withTraining)
      .work(of: try #require(graph.stage(stage)))?.words
  }

  /// What the catalog has after cohorts and splits, before there are prompts.
  private static var sizes: CatalogSizes {
    var sizes = CatalogSizes()
    sizes.datasets = ["mimic-cxr": 300_000, "nih": 112_120]
    sizes.cohorts = ["pa": ["mimic-cxr": 75_639, "nih": 67_310]]
    sizes.splits = [
      "mimic-cxr": ["study": ["train": 66_760, "val": 1_295, "test": 7_584]],
      "nih": ["study": ["train": 33_408, "test": 78_712]],
    ]
    return sizes
  }

  @Test("Before anything has run, the words name what is worked on")
  func unknown() throws {
    let sizes = CatalogSizes()
    #expect(
      try words("train-real", sizes) == "real images of mimic-cxr study:train × at most 2 epochs")
    #expect(
      try words("sample-tiny", sizes)
        == "prompts of balanced × 75 steps, at most 4 attempts each")
    #expect(try words("predict-real-nih", sizes) == "images of nih")
    #expect(try words("finetune-tiny", sizes) == "60,000 steps × 192 images")
    #expect(try words("ingest-nih", sizes) == nil)
  }

  @Test("What the catalog has is counted, and what follows from it is told with about")
  func counted() throws {
    let sizes = Self.sizes
    #expect(try words("train-real", sizes) == "66,760 real images × at most 2 epochs")
    #expect(
      try words("train-real-real-10pct", sizes) == "about 6,676 real images × at most 2 epochs")
    // 66,760 + 33,408 radiographs for two sexes and four races.
    #expect(
      try words("sample-tiny", sizes)
        == "about 801,344 prompts × 75 steps, at most 4 attempts each")
    #expect(
      try words("sample-tiny-step-5000", sizes) == "about 801,344 prompts × 4 images × 50 steps")
    #expect(try words("checkpoints-tiny", sizes) == "about 6,410,752 images of 2 runs")
    #expect(
      try words("train-mixed", sizes)
        == "(about 801,344 synthetic images + 66,760 real images) × at most 3 epochs")
    #expect(try words("store-real", sizes) == "142,949 images to 64 × 64 pixels")
    #expect(try words("predict-real-nih", sizes) == "67,310 images")
  }

  @Test("Prompts that there are count, and resamples go by test sets and models")
  func known() throws {
    var sizes = Self.sizes
    sizes.prompts = ["balanced": 1_000]
    #expect(try words("sample-tiny", sizes) == "1,000 prompts × 75 steps, at most 4 attempts each")
    #expect(try words("evaluation", sizes) == "2 test sets × 2 models × 10 resamples")
    #expect(try words("report", sizes) == "2 test sets × 4 models × 500 resamples")
  }
}
