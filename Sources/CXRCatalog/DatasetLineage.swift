// SPDX-License-Identifier: Apache-2.0

/// The files and the command that a dataset of the catalog came from.
public struct DatasetLineage: Sendable {
  /// The short name.
  public let name: String
  /// The title that reports print.
  public let title: String
  /// The description of the dataset by which it was read, in YAML, if there was one.
  public let descriptor: String?
  /// The files that were read.
  public let sources: [Provenance.Source]
  /// The command that read them.
  public let commandLine: String
  /// The version of the program that read them.
  public let softwareVersion: String
  /// When they were read, in ISO 8601.
  public let readAt: String
}
