// SPDX-License-Identifier: Apache-2.0
import CXRStudy

/// A manifest that uses most sections.
enum SmallStudy {
  static let yaml = """
    schema: 1
    name: small
    title: A small study
    phantoms:
      sites: {only: [mimic-cxr, nih], patients: 30, seed: 7}
    datasets:
      mimic-cxr: {phantom: sites, max-bad-rows: 1000, set: {labels: negbio}}
      nih: {phantom: sites, strict: true}
    cohorts:
      pa:
        datasets: [mimic-cxr, nih]
        views: [PA]
    splits:
      - {dataset: mimic-cxr, name: study, cohort: pa, method: mimic-folder}
      - {dataset: nih, name: study, test-size: 0.7, seed: 42}
    prompts:
      balanced: {cohort: pa, split: "study:train", balanced: true, age-jitter: 5}
    generators:
      tiny:
        model: model
        sample: {prompts: balanced}
        dataset: synthetic
    stores:
      real: {cohort: pa, side: 64}
      made: {dataset: synthetic, side: 64}
    train:
      dataset: mimic-cxr
      synthetic: synthetic
      store: real
      train: study:train
      validate: study:val
      epochs: 2
      average: true
    arms:
      real: {strategy: real, real-shares: [0.1, 0.5]}
      mixed: {strategy: mixed, epochs: 3, average: false}
    tests:
      - {dataset: mimic-cxr, split: "study:test"}
      - {dataset: nih, split: "study:test"}
    thresholds: {dataset: mimic-cxr, split: "study:val"}
    evaluation: {labels: [Edema, Pneumonia], group: [sex, age], bootstrap: 10}
    """

  static func graph(
    _ yaml: String = yaml, vocabulary: VerbVocabulary = .small
  ) throws -> StageGraph {
    try StageGraph(StudyManifest(yaml: yaml, file: "small.yaml", vocabulary: vocabulary))
  }
}
