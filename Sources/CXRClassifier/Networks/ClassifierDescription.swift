// SPDX-License-Identifier: Apache-2.0

/// What a classifier is, beside its weights: kept with them, so that nobody has to remember which
/// output means what, or how pictures are to be given.
public struct ClassifierDescription: Hashable, Codable, Sendable {
  /// The network.
  public var architecture: Architecture
  /// What the outputs mean, in their order.
  public var labels: [LearnedLabel]
  /// The width and height of the pictures.
  public var side: Int
  /// What the numbers of a picture mean.
  public var scale: PixelInput.Scale

  /// Describes a classifier.
  ///
  /// - Precondition: The architecture has one output for each label.
  public init(
    architecture: Architecture, labels: [LearnedLabel], side: Int, scale: PixelInput.Scale
  ) {
    precondition(architecture.outputs == labels.count, "one output for each label")
    self.architecture = architecture
    self.labels = labels
    self.side = side
    self.scale = scale
  }

  /// Reads a description.
  ///
  /// - Throws: `DecodingError` if something is missing, or the labels are not those of the outputs.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    architecture = try container.decode(Architecture.self, forKey: .architecture)
    labels = try container.decode([LearnedLabel].self, forKey: .labels)
    side = try container.decode(Int.self, forKey: .side)
    scale = try container.decode(PixelInput.Scale.self, forKey: .scale)
    guard labels.count == architecture.outputs, Set(labels).count == labels.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .labels, in: container,
        debugDescription: "the network has \(architecture.outputs) outputs, not as many labels")
    }
  }

  /// How pictures are given, without random changes.
  public var input: PixelInput { PixelInput(channels: architecture.inputChannels, scale: scale) }
}
