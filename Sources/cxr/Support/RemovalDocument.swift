// SPDX-License-Identifier: Apache-2.0

/// What a verb removed, or would remove, as `--json` prints it.
struct RemovalDocument: Encodable {
  /// What was removed, such as `cohort`.
  let kind: String
  /// The names of what was removed.
  let names: [String]
  /// The dataset that it belonged to, if to one only.
  var dataset: String?
  /// Whether nothing was removed.
  let isDryRun: Bool
  /// What was in it or went with it, by word.
  let counts: [String: Int]

  /// How a sentence about it begins.
  var verb: String { isDryRun ? "would remove" : "removed" }
}
