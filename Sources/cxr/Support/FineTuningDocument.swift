// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRDiffusion
import Foundation

/// What `cxr diffusion train` prints.
struct FineTuningDocument: Encodable {
  let name: String
  let folder: String
  /// The images to learn from.
  let imageCount: Int
  /// The images to validate on.
  let validationCount: Int
  /// The prompts to learn from of which the model does not see all.
  let cutPromptCount: Int
  /// The steps of the run.
  let steps: Int
  /// The images of a step.
  let imagesPerStep: Int
  let isDryRun: Bool
  /// The folder of the model; `nil` in a dry run.
  var modelFolder: String?
  /// What the steps came to.
  var history: [FineTuningRecord] = []

  /// The document as text.
  var text: String {
    let passes = Double(steps * imagesPerStep) / Double(imageCount)
    let plan =
      "\(NumberText.count(steps, "step")) of \(NumberText.count(imagesPerStep, "image")), "
      + "\(String(format: "%.1f", passes)) passes over \(NumberText.count(imageCount, "image"))"
    guard let modelFolder else {
      return "\(name): \(plan), \(NumberText.count(validationCount)) to validate on.\n"
        + "Dry run, nothing was trained.\n"
    }
    let loss = history.last?.validationLoss.map {
      "; the last validation loss is \(String(format: "%.4f", $0))"
    }
    return """
      Trained \(name): \(plan)\(loss ?? "").
      \(modelFolder.hasSuffix("/adapter") ? "The adapter" : "The model") is in \(modelFolder); try it \
      with cxr diffusion sample\(modelFolder.hasSuffix("/adapter") ? " --adapter" : "").

      """
  }
}
