// SPDX-License-Identifier: Apache-2.0

/// What turns the features of a picture into outputs.
public enum ClassifierHead: Hashable, Codable, Sendable {
  /// One linear layer.
  case linear
  /// Two linear layers with ReLU and dropout between them, as Synthetic-XRay has: 512 and 0.5.
  case hidden(width: Int, dropout: Double)
}
