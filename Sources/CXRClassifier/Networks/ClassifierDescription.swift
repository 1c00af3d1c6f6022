// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// What a classifier is, beside its weights: kept with them, so that nobody has to remember which
/// output means what, or how pictures are to be given.
public struct ClassifierDescription: Hashable, Codable, Sendable {
  /// The network.
  public var architecture: Architecture
  /// What the outputs mean, in their order.
  public var findings: [Finding]
  /// The width and height of the pictures.
  public var side: Int
  /// What the numbers of a picture mean.
  public var scale: PixelInput.Scale

  /// Describes a classifier.
  ///
  /// - Precondition: The architecture has one output for each finding.
  public init(
    architecture: Architecture, findings: [Finding], side: Int, scale: PixelInput.Scale
  ) {
    precondition(architecture.outputs == findings.count, "one output for each finding")
    self.architecture = architecture
    self.findings = findings
    self.side = side
    self.scale = scale
  }

  /// How pictures are given, without random changes.
  public var input: PixelInput { PixelInput(channels: architecture.inputChannels, scale: scale) }
}
