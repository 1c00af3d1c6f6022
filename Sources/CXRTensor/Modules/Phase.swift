// SPDX-License-Identifier: Apache-2.0

/// What a network is run for; dropout and batch normalisation differ.
public enum Phase: Sendable {
  /// Weights are being learned.
  case training
  /// Results are wanted.
  case evaluation
}
