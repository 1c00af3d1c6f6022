// SPDX-License-Identifier: Apache-2.0
import CXRStudy

extension VerbVocabulary {
  /// Some verbs with some options, as the program would hand them in.
  static let small = VerbVocabulary([
    "phantom": [
      .init(name: "patients"), .init(name: "seed"), .init(name: "only", isRepeating: true),
    ],
    "ingest": [
      .init(name: "max-bad-rows"), .init(name: "set", isRepeating: true),
      .init(name: "table", isRepeating: true), .init(name: "strict", takesValue: false),
    ],
    "split create": [
      .init(name: "cohort"), .init(name: "method"), .init(name: "test-size"), .init(name: "seed"),
      .init(name: "part", isRepeating: true),
    ],
    "split import": [.init(name: "part", isRepeating: true)],
    "split subsets": [.init(name: "order"), .init(name: "seed")],
    "prompts build": [
      .init(name: "cohort"), .init(name: "dataset"), .init(name: "split"),
      .init(name: "balanced", takesValue: false), .init(name: "age-jitter"),
      .init(name: "tokenizer"),
    ],
    "diffusion sample": [
      .init(name: "prompts"), .init(name: "copies"), .init(name: "seed"), .init(name: "steps"),
      .init(name: "attempts"), .init(name: "classifier", isRepeating: true),
    ],
    "images build": [
      .init(name: "cohort"), .init(name: "dataset"), .init(name: "split"), .init(name: "side"),
    ],
    "train": [
      .init(name: "dataset", isRepeating: true), .init(name: "synthetic", isRepeating: true),
      .init(name: "store"), .init(name: "cohort"), .init(name: "train"), .init(name: "validate"),
      .init(name: "synthetic-train"), .init(name: "strategy"), .init(name: "epochs"),
      .init(name: "learning-rate"), .init(name: "average", takesValue: false),
      .init(name: "weights"), .init(name: "findings"), .init(name: "seed"),
    ],
    "predict": [.init(name: "store"), .init(name: "split"), .init(name: "batch-size")],
    "thresholds select": [
      .init(name: "dataset"), .init(name: "split"), .init(name: "policy"), .init(name: "view"),
    ],
    "report": [
      .init(name: "labels"), .init(name: "group", isRepeating: true), .init(name: "bootstrap"),
      .init(name: "view"),
    ],
    "study report": [],
    "cohort table": [
      .init(name: "dataset", isRepeating: true), .init(name: "split"), .init(name: "view"),
    ],
  ])
  /// The same with verbs that train generators.
  static let withTraining = VerbVocabulary(
    small.options.merging([
      "prompts build": [
        .init(name: "cohort"), .init(name: "split"), .init(name: "balanced", takesValue: false),
        .init(name: "age-jitter"), .init(name: "sexes", defaultValue: "F,M"),
        .init(name: "races", defaultValue: "Asian,Black,Hispanic,White"),
      ],
      "diffusion train": [
        .init(name: "prompts"), .init(name: "store"), .init(name: "max-train-steps"),
        .init(name: "model-steps"), .init(name: "train-batch-size"),
      ],
      "diffusion score": [.init(name: "store"), .init(name: "fid-network")],
    ]) { $1 })
}
