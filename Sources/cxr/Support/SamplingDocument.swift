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
  /// The part of the images that this process makes.
  let shard: String
  /// The images of that part.
  let shardImageCount: Int
  /// After how many images the process stops; `nil` for no limit.
  let limit: Int?
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
      var parts = ["\(NumberText.count(imageCount, "image")) from the prompts \(promptSet)"]
      if shardImageCount < imageCount {
        parts.append("\(NumberText.count(shardImageCount)) of them in the part \(shard)")
      }
      if let limit, limit < shardImageCount {
        parts.append("\(NumberText.count(limit)) at most by this command")
      }
      return "Dry run, nothing was made: \(parts.joined(separator: ", ")).\n"
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
