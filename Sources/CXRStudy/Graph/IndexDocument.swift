// SPDX-License-Identifier: Apache-2.0

/// The file `study.json`, from which `cxr study report` makes the tables and figures of a study.
///
/// Its layout is that of `StudyIndex`, which reads it.
struct IndexDocument: Encodable {
  struct Arm: Encodable {
    let name: String
    let strategy: String
    let label: String
    let model: String
    let isHeadline: Bool
    let realShare: Double?
    let syntheticShare: Double?
    let seed: UInt64?
    let trainingRun: String
    let publishedAs: String?
  }

  struct TestSet: Encodable {
    let dataset: String
    let label: String
    let role: String
    let split: String?
    let part: String?
    let view: String?
    let groups: [String]
    let publishedAs: String?
  }

  struct Statistics: Encodable {
    let resamples: Int?
    let permutations: Int?
    let seed: UInt64?
    let unit: String?
    let policy: String?
    let interval: String?
    let undefined: String?
    let adjustment: String?
    let ageBins: [Double]?
    let minimumGroup: Int?
    let minimumCell: Int?
    let suppressBelow: Int?
  }

  struct Population: Encodable {
    let label: String
    let dataset: String
    let cohort: String?
    let split: String?
    let part: String?
    let view: String?
  }

  struct Checkpoints: Encodable {
    let path: String
    let chosen: String?
  }

  let format = 1
  let name: String
  let title: String
  let publication: String?
  let labels: [String]
  let arms: [Arm]
  let baseArm: String
  let testSets: [TestSet]
  let statistics: Statistics
  let flows: [String]
  let populations: [Population]?
  let generationRuns: [String]
  let checkpoints: Checkpoints?

  private enum CodingKeys: String, CodingKey {
    case format, name, title, publication, labels, arms, baseArm, testSets, statistics, flows
    case populations, generationRuns, checkpoints
  }
}
