// SPDX-License-Identifier: Apache-2.0

/// Which image an exported prompt belongs to.
public enum PromptImages: String, CaseIterable, Sendable {
  /// The radiograph whose report the prompt repeats: pairs to train a model on.
  case source
  /// An image that is yet to be made from the prompt, named by the prompt's identifier and `.png`.
  case generated
}

extension PromptPlan {
  /// The images that the prompts belong to by default: the radiographs themselves as long as prompts
  /// keep sex, race and age of the patient, else images that are yet to be made.
  public var images: PromptImages {
    demographics == .original && ageJitterYears == 0 ? .source : .generated
  }
}
