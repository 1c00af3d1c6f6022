// SPDX-License-Identifier: Apache-2.0

/// A column of the tables that say who was studied.
struct StudyPopulation: Hashable, Sendable {
  let title: String
  let line: Int
  let dataset: String
  let cohort: String?
  /// The part of a split, as `NAME:PART`.
  let split: String?
  let view: String?
}
