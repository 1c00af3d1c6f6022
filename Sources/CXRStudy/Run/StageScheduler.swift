// SPDX-License-Identifier: Apache-2.0

/// A stage as a scheduler gets it.
public struct ScheduledStage: Sendable {
  /// The name of the stage.
  public let name: String
  /// The path of the program.
  public let program: String
  /// The words behind the program's name, for each of the processes that share the stage.
  public let commands: [[String]]
  /// Variables that the processes see.
  public let environment: [String: String]
  /// The file that gets what the processes print.
  public let log: String
}

/// How a scheduled stage ended.
public struct ScheduledOutcome: Sendable {
  /// The exit status: that of the first process that failed, else 0.
  public let exitStatus: Int32
  /// The seconds from its submission to its end.
  public let seconds: Double
}

/// Runs stages on other machines, or on this one in a queue.
public protocol StageScheduler: Sendable {
  /// Ends what an earlier run has submitted for a stage that is to be made anew.
  ///
  /// - Parameter stage: The name of the stage.
  /// - Throws: ``StudyError`` with code `.unavailable` where the scheduler is not there.
  func withdraw(_ stage: String) async throws

  /// Runs stages that do not need one another, and waits for all of them; those that an earlier run has
  /// submitted are not submitted again.
  ///
  /// - Parameters:
  ///   - stages: The stages.
  ///   - submitted: Gets the name of the job and the stages in it.
  /// - Returns: How each ended, in their order.
  /// - Throws: ``StudyError`` with code `.unavailable` where the scheduler is not there;
  ///   `CancellationError` after an interruption, when the jobs are cancelled.
  func run(
    _ stages: [ScheduledStage], submitted: (String, [String]) -> Void
  ) async throws
    -> [ScheduledOutcome]
}
