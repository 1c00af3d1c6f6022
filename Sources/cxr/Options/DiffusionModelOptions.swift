// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRDiffusion

/// The folder of a diffusion model, and which of its files are read.
struct DiffusionModelOptions: ParsableArguments {
  @Option(name: .customLong("model"), help: "The folder of the model.")
  var path: String

  @Option(help: "The variant of the weights that is preferred, such as fp16.")
  var variant: String?

  @Flag(
    name: .customLong("fine-tuned-text"),
    help: "Take text encoder and tokenizer from text_encoder_and_tokenizer in the folder.")
  var isTextFineTuned = false

  /// The files of the model.
  ///
  /// - Throws: As `DiffusionFolder` does.
  func folder() throws -> DiffusionFolder {
    try DiffusionFolder(
      path: path, variant: variant, text: isTextFineTuned ? .fineTuned : .standard)
  }
}
