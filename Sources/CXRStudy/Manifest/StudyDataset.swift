// SPDX-License-Identifier: Apache-2.0

/// A dataset of a study: where its files are and how they are read.
struct StudyDataset: Hashable, Sendable {
  /// Where the files come from.
  enum Origin: Hashable, Sendable {
    /// A folder that somebody has downloaded.
    case folder(String)
    /// A phantom of the study, by its name.
    case phantom(String)
  }

  /// The name in the catalog.
  let name: String
  let line: Int
  /// The built-in descriptor, where no file is named.
  let descriptor: String
  /// The file of a descriptor.
  let manifest: String?
  let origin: Origin
  /// Options of `cxr ingest`.
  let options: VerbOptions
}
