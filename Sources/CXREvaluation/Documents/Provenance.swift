// SPDX-License-Identifier: Apache-2.0

/// Where the numbers of a document come from: enough to compute them again.
public struct Provenance: Codable, Hashable, Sendable {
  /// A file that went into the catalog.
  public struct Source: Codable, Hashable, Sendable {
    /// What the file was used for, such as `labels` or `predictions of run11`.
    public let role: String
    /// The file's name, without its folder.
    public let file: String
    /// The SHA-256 of its bytes, in hexadecimal.
    public let sha256: String

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - role: What the file was used for.
    ///   - file: The file's name, without its folder.
    ///   - sha256: The SHA-256 of its bytes, in hexadecimal.
    public init(role: String, file: String, sha256: String) {
      self.role = role
      self.file = file
      self.sha256 = sha256
    }
  }

  /// The program and its version.
  public let software: String
  /// The command that makes the document again; the thread count is left out, for it changes
  /// nothing.
  public let command: String
  /// The seed of every resample and permutation.
  public let seed: UInt64
  /// The dataset's name.
  public let dataset: String
  /// The files behind the numbers.
  public let sources: [Source]
  /// The settings that decide the numbers, by name.
  public let settings: [String: String]

  /// Creates a provenance.
  ///
  /// - Parameters:
  ///   - software: The program and its version.
  ///   - command: The command that makes the document again.
  ///   - seed: The seed of every resample and permutation.
  ///   - dataset: The dataset's name.
  ///   - sources: The files behind the numbers.
  ///   - settings: The settings that decide the numbers, by name.
  public init(
    software: String, command: String, seed: UInt64, dataset: String, sources: [Source],
    settings: [String: String]
  ) {
    self.software = software
    self.command = command
    self.seed = seed
    self.dataset = dataset
    self.sources = sources
    self.settings = settings
  }
}
