// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRGeneration

/// What `cxr diffusion sample` prints.
struct SamplingDocument: Encodable {
  let name: String
  let folder: String
  let promptSet: String
  /// The images of the whole run.
  let imageCount: Int
  /// The prompts of which the model does not see all.
  let cutPromptCount: Int
  /// The checks for which no model was given.
  let untestedChecks: [String]
  let isDryRun: Bool
  /// How far this process came; `nil` in a dry run.
  var progress: GenerationProgress?

  /// The document as text.
  var text: String {
    guard let progress else {
      return "Dry run, nothing was made: \(NumberText.count(imageCount, "image")) from the prompts "
        + "\(promptSet).\n"
    }
    let discarded =
      progress.discardedCount > 0 ? ", \(NumberText.count(progress.discardedCount)) given up" : ""
    let open =
      progress.openCount > 0
      ? "\n\(NumberText.count(progress.openCount, "image")) of this part are still to be made.\n"
      : "\nNone of this part is left to be made; see cxr diffusion yield \(name).\n"
    return "\(name): \(NumberText.count(progress.acceptedCount, "image")) made in "
      + "\(NumberText.count(progress.attemptCount, "attempt"))\(discarded)." + open
  }
}
