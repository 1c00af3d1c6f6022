// SPDX-License-Identifier: Apache-2.0

/// What happens while a study runs.
public enum StudyEvent: Sendable {
  /// A stage begins, or goes on; its place among those to run, from 1, and their number.
  case began(Stage, number: Int, count: Int, isResumed: Bool)
  /// A stage printed a line.
  case line(Stage, String)
  /// A stage ended well, after that many seconds.
  case ended(Stage, seconds: Double)
  /// Stages of these names were handed to a scheduler, as a job.
  case submitted([String], job: String)
}
