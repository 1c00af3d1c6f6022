// SPDX-License-Identifier: Apache-2.0
import CXRCore

/// What a dry run of `cxr diffusion score` prints.
struct ScoringDocument: Encodable {
  /// A model and the images that it is still to look at.
  struct Step: Encodable {
    let model: String
    let imageCount: Int
    let missingCount: Int
  }

  let runs: [String]
  let promptSet: String
  let promptCount: Int
  /// The images of each run that are scored.
  let imageCount: Int
  let realCount: Int
  let steps: [Step]
  /// Why measures will be undefined, by their names.
  let undefinedMeasures: [String: String]
  let notes: [String]
  let isDryRun = true

  var text: String {
    var lines = [
      "Dry run, nothing was computed: \(NumberText.count(runs.count, "run")) of "
        + "\(NumberText.count(imageCount, "image")) from \(NumberText.count(promptCount, "prompt")) "
        + "of \(promptSet), with \(NumberText.count(realCount, "real image"))."
    ]
    lines += steps.map {
      "\($0.model): \(NumberText.count($0.missingCount)) of "
        + "\(NumberText.count($0.imageCount, "image")) still to be looked at"
    }
    lines += undefinedMeasures.sorted { $0.key < $1.key }.map { "\($0): n/a, \($1)" }
    return lines.joined(separator: "\n") + "\n"
  }
}
