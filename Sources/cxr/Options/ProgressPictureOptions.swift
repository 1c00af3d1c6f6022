// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRDiffusion

/// The images that are made while a model learns.
struct ProgressPictureOptions: ParsableArguments {
  @Option(
    name: .customLong("validation-prompt"),
    help: "A prompt of which an image is made while the model learns; repeatable.")
  var prompts: [String] = []

  @Option(
    name: .customLong("num-validation-images"),
    help: "Without such prompts: how many are taken from the prompts to validate on.")
  var count = 4

  @Option(
    name: .customLong("sample-steps"),
    help: "The steps after which images are made; 0 for never (default: 500).")
  var interval = 500

  @Option(name: .customLong("sample-guidance"), help: "How far prompts are followed, from 1.")
  var guidance = 4.0

  @Option(name: .customLong("sample-inference-steps"), help: "The sampling steps of an image.")
  var inferenceSteps = 25

  mutating func validate() throws {
    guard interval >= 0, (1...64).contains(count), (1...1000).contains(inferenceSteps),
      (1...100).contains(guidance)
    else {
      throw ValidationError(
        "--sample-steps takes a number from 0, --num-validation-images 1 to 64, "
          + "--sample-inference-steps 1 to 1000, --sample-guidance 1 to 100.")
    }
  }

  /// What is made, if anything: of other prompts where none is given.
  func pictures(or others: [String]) -> ProgressPictures? {
    let prompts = prompts.isEmpty ? Array(others.prefix(count)) : prompts
    guard interval > 0, !prompts.isEmpty else { return nil }
    var pictures = ProgressPictures(prompts: prompts)
    pictures.interval = interval
    pictures.sampling.guidance = Guidance(scale: guidance)
    pictures.sampling.steps = inferenceSteps
    return pictures
  }
}
