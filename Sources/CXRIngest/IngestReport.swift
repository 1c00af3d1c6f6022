// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
public import CXRCore

/// What reading a file, or a folder of files, came to.
public struct IngestReport: Codable, Sendable {
  /// Whether anything was written.
  public var outcome: WriteOutcome
  /// The files that were read.
  public var sources: [Provenance.Source]
  /// The number of records read; 0 when nothing had changed since the last time.
  public var recordsRead: Int
  /// The number of records kept.
  public var recordsKept: Int
  /// The way from the records read to the records kept, by reason.
  public var flow: [Provenance.FlowStep]
  /// What is worth telling about the records.
  public var diagnostics: [Diagnostic]
}

extension IngestReport {
  /// Says what a finished provenance says.
  init(outcome: WriteOutcome, provenance: Provenance) {
    self.init(
      outcome: outcome, sources: provenance.sources, recordsRead: provenance.recordsRead,
      recordsKept: provenance.recordsKept, flow: provenance.flow,
      diagnostics: provenance.diagnostics)
  }
}
