// SPDX-License-Identifier: Apache-2.0

/// How far a process has come with its part of a run.
public struct GenerationProgress: Codable, Hashable, Sendable {
  /// The images that this process has decided on: accepted and discarded ones.
  public internal(set) var finishedCount = 0
  /// Those of them that were accepted.
  public internal(set) var acceptedCount = 0
  /// The attempts that this process has made.
  public internal(set) var attemptCount = 0
  /// The images of its part that were open when it last looked, those of other processes included.
  public internal(set) var openCount = 0

  /// The images that were given up.
  public var discardedCount: Int { finishedCount - acceptedCount }

  /// Estimates the time that is left.
  ///
  /// - Parameter seconds: How long the process has worked.
  /// - Returns: Seconds, `nil` before the first image is finished.
  public func secondsLeft(after seconds: Double) -> Double? {
    finishedCount > 0 ? seconds / Double(finishedCount) * Double(openCount) : nil
  }
}
