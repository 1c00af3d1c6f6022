// SPDX-License-Identifier: Apache-2.0

/// What a run of fine-tuning tells while it goes on.
public enum FineTuningEvent: Sendable {
  /// So many images of a list are encoded by this rank, of those that it has to.
  case encoded(Int, of: Int)
  /// A step was made: how many there are since the run was begun, its mean loss, and the norm of its
  /// gradients before they were limited, if they are.
  case step(Int, loss: Double, gradientNorm: Double?)
  /// A record was made.
  case record(FineTuningRecord)
  /// A checkpoint was written after so many steps.
  case checkpoint(step: Int)
  /// A page of images was made after so many steps, of which so many are missing because their
  /// numbers were none.
  case pictures(step: Int, path: String, missing: Int)
  /// The model was written after so many steps.
  case model(step: Int, path: String)
}
