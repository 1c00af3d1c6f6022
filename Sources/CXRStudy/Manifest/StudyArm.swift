// SPDX-License-Identifier: Apache-2.0

/// An arm of a study: a classifier that is trained in one way, perhaps on several amounts of data.
struct StudyArm: Hashable, Sendable {
  let name: String
  let line: Int
  /// What people read in the place of the name.
  let title: String
  /// What the published study calls it.
  let publishedName: String?
  /// Options of `cxr train`, over those that all arms share.
  let options: VerbOptions
  /// The shares of the real patients beside all of them.
  let realShares: [Double]
  /// The shares of the synthetic images beside all of them.
  let syntheticShares: [Double]
  /// The seeds of its trainings on all data, the one first that its own name stands for; empty for the
  /// seed of the options alone.
  let seeds: [Int]
}
