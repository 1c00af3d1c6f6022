// SPDX-License-Identifier: Apache-2.0

/// A text-to-image model of a study: how it is made, chosen and used.
struct StudyGenerator: Hashable, Sendable {
  /// What training begins with, or what samples where nothing is trained.
  enum Base: Hashable, Sendable {
    /// The folder of a model.
    case folder(String)
    /// A small model with random weights, made by `cxr diffusion init` with these options.
    case initial(VerbOptions)
  }

  /// The checkpoints that are set beside one another.
  struct Checkpoints: Hashable, Sendable {
    /// The steps after which models were kept.
    let steps: [Int]
    /// Options of `cxr diffusion sample`, for each of them.
    let sampling: VerbOptions
    /// Options of `cxr diffusion score`.
    let scoring: VerbOptions
  }

  let name: String
  let line: Int
  /// What people read in the place of the name.
  let title: String
  /// What the published study calls its images.
  let publishedName: String?
  let base: Base
  /// Options of `cxr diffusion train`; absent where the model is used as it is.
  let training: VerbOptions?
  let checkpoints: Checkpoints?
  /// The step of the checkpoint that samples; the end of the training where absent.
  let chosenStep: Int?
  /// Options of `cxr diffusion sample`.
  let sampling: VerbOptions
  /// Options of `cxr diffusion score` for the images of the study.
  let scoring: VerbOptions?
  /// How many processes sample at the same time where a scheduler starts them.
  let shardCount: Int
  /// The dataset that the accepted images become.
  let dataset: String

  /// Whether an image may be made anew or given up, so that there is a yield to tell.
  var canReject: Bool {
    let judges = ["sex-model", "race-model", "age-model", "classifier"]
    return sampling.value("attempts") != "1" || judges.contains { sampling.has($0) }
  }
}
