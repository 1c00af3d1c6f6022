// SPDX-License-Identifier: Apache-2.0

/// A section of a manifest that has a name and gives options to a verb.
struct ManifestSection: Hashable, Sendable {
  /// The name: of a cohort, a store, a prompt set.
  let name: String
  /// The line on which it begins.
  let line: Int
  /// What it says to its verb.
  var options = VerbOptions()
}
