// SPDX-License-Identifier: Apache-2.0

/// What is known of the last run of a stage.
public struct StageRecord: Codable, Sendable {
  /// How far it came.
  public enum State: String, Codable, Sendable {
    /// It began; if nothing works on it now, it was interrupted.
    case begun
    /// It ended well.
    case done
    /// It ended with an error.
    case failed
  }

  /// The name of the stage.
  public let stage: String
  /// How far it came.
  public internal(set) var state: State
  /// The command line.
  public let commandLine: String
  /// What its result follows from.
  let key: StageKey
  /// Names the run; no other has the same.
  let token: String
  /// The tokens of the runs before it whose results it has read, by stage.
  let upstreamTokens: [String: String]
  /// When it began first.
  public let startedAt: String
  /// When it ended.
  public internal(set) var finishedAt: String?
  /// The seconds that it took, over all interruptions.
  public internal(set) var seconds: Double
  /// How often it was begun or gone on with.
  public internal(set) var attemptCount: Int
  /// The exit status of the last attempt.
  public internal(set) var exitStatus: Int32?
  /// The process of the last attempt.
  var processID: Int32?
}
