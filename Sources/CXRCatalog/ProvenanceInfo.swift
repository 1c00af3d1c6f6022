// SPDX-License-Identifier: Apache-2.0

/// One command that wrote to the catalog.
public struct ProvenanceInfo: Codable, Sendable {
  /// The verb.
  public let verb: String
  /// The command as it was typed.
  public let commandLine: String
  /// The version of the program.
  public let softwareVersion: String
  /// When the command began, in ISO 8601.
  public let startedAt: String
  /// When the command ended, in ISO 8601.
  public let finishedAt: String
  /// The number of records read.
  public let recordsRead: Int
  /// The number of records kept.
  public let recordsKept: Int
  /// The files that were read.
  public let sources: [Provenance.Source]
  /// The way from the records read to the records kept.
  public let flow: [Provenance.FlowStep]
  /// The number of diagnostics.
  public let diagnosticCount: Int
}
