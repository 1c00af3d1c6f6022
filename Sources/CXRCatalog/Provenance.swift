// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// How something came into the catalog.
public struct Provenance: Codable, Sendable {
  /// A file that was read.
  public struct Source: Codable, Hashable, Sendable {
    /// What the file was read for, such as `labels`.
    public let role: String
    /// The name of the file, without its folder.
    public let fileName: String
    /// The SHA-256 of the file, 64 hexadecimal digits.
    public let sha256: String
    /// The size of the file.
    public let byteCount: Int

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - role: What the file was read for, such as `labels`.
    ///   - fileName: The name of the file, without its folder.
    ///   - sha256: The SHA-256 of the file, 64 hexadecimal digits.
    ///   - byteCount: The size of the file.
    public init(role: String, fileName: String, sha256: String, byteCount: Int) {
      self.role = role
      self.fileName = fileName
      self.sha256 = sha256
      self.byteCount = byteCount
    }
  }

  /// One step of the way from the records read to the records kept.
  public struct FlowStep: Codable, Hashable, Sendable {
    /// What the records have in common, such as `dropped: ragged row`.
    public let name: String
    /// The number of records.
    public let count: Int

    /// Creates a step.
    ///
    /// - Parameters:
    ///   - name: What the records have in common.
    ///   - count: The number of records.
    public init(_ name: String, _ count: Int) {
      self.name = name
      self.count = count
    }
  }

  /// The verb that wrote, such as `ingest nih`.
  public var verb: String
  /// The command as it was typed.
  public var commandLine: String
  /// When the command began, in ISO 8601.
  public var startedAt: String
  /// The options, as a JSON object with sorted keys.
  public var optionsJSON: String
  /// The files that were read.
  public var sources: [Source]
  /// The number of records read.
  public var recordsRead: Int
  /// The number of records kept.
  public var recordsKept: Int
  /// The way from the records read to the records kept.
  public var flow: [FlowStep]
  /// What is worth telling about the records.
  public var diagnostics: [Diagnostic]

  /// Creates a provenance without sources and counts.
  ///
  /// - Parameters:
  ///   - verb: The verb that writes, such as `ingest nih`.
  ///   - commandLine: The command as it was typed.
  ///   - startedAt: When the command began, in ISO 8601.
  ///   - optionsJSON: The options, as a JSON object with sorted keys.
  public init(verb: String, commandLine: String, startedAt: String, optionsJSON: String = "{}") {
    self.verb = verb
    self.commandLine = commandLine
    self.startedAt = startedAt
    self.optionsJSON = optionsJSON
    sources = []
    recordsRead = 0
    recordsKept = 0
    flow = []
    diagnostics = []
  }
}
