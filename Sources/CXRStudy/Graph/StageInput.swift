// SPDX-License-Identifier: Apache-2.0

/// Something outside the study that a stage reads.
public enum StageInput: Hashable, Sendable {
  /// A file, or a folder with all that is in it.
  case path(String)
  /// The tables of a dataset, as a descriptor names them.
  case dataset(DatasetFiles)

  /// The tables of a dataset.
  public struct DatasetFiles: Hashable, Sendable {
    /// The built-in descriptor.
    public let descriptor: String
    /// The file of another descriptor.
    public let manifest: String?
    /// Choices among the descriptor's variants, as `KEY=CHOICE`.
    public let choices: [String]
    /// Other files for tables, as `TABLE=FILE`.
    public let tables: [String]
    /// The folder of the dataset.
    public let root: String
  }
}
