// SPDX-License-Identifier: Apache-2.0

/// A division of a dataset's patients: computed, or read from lists.
struct StudySplit: Hashable, Sendable {
  /// The name of the split.
  let name: String
  let dataset: String
  let line: Int
  /// The tables that it is read from by `cxr split import`; computed where there are none.
  let tables: [String]
  /// Options of `cxr split create` or `cxr split import`.
  let options: VerbOptions
}
