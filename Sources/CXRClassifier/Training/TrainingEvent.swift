// SPDX-License-Identifier: Apache-2.0

/// What a training run tells while it goes on.
public enum TrainingEvent: Sendable {
  /// A step was made.
  case step(StepRecord)
  /// The images for validation are being looked at.
  case validating(done: Int, of: Int)
  /// An epoch was finished.
  case epoch(EpochRecord)
  /// A checkpoint was written, from which the run can go on.
  case checkpoint(step: Int)
}
