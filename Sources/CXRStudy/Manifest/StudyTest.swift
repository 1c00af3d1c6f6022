// SPDX-License-Identifier: Apache-2.0

/// A set of radiographs that every arm is tested on.
struct StudyTest: Hashable, Sendable {
  let dataset: String
  let line: Int
  /// What people read in the place of the dataset's name.
  let title: String
  /// What the published study calls it.
  let publishedName: String?
  /// The part of a split, as `NAME:PART`; all radiographs where absent.
  let split: String?
  /// The image store; that of training where absent.
  let store: String?
  /// The attributes whose groups are compared; those of the report where absent.
  let groups: [String]?
}
