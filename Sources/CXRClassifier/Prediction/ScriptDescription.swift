// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// What a program in TorchScript takes and gives, which its file does not say.
///
/// In a file it is JSON beside the program:
///
///     {
///       "outputs": ["Atelectasis", "Effusion", null],
///       "values": "logits",
///       "side": 224,
///       "channels": 3,
///       "scale": {"mean": [0.485, 0.456, 0.406], "standardDeviation": [0.229, 0.224, 0.225]}
///     }
///
/// An output of `null` is left out. Beside labels there are `share F`, `share M`, `share Asian`,
/// `share Black`, `share Hispanic`, `share White` and `ageYears`. A scale is `unit`, `signedUnit`, `xrv`, `bytes`, `imageNet`, or
/// means and deviations on the scale from 0 to 1.
public struct ScriptDescription: Hashable, Sendable, Decodable {
  /// What the program gives.
  public enum Values: String, CaseIterable, Codable, Sendable {
    /// Numbers to which the sigmoid is still to be applied.
    case logits
    /// Numbers from 0 to 1, but for an age.
    case probabilities
  }

  /// The name of each output; `nil` for one that is left out.
  public let outputs: [String?]
  /// What the program gives.
  public let values: Values
  /// The width and height of a picture, in pixels.
  public let side: Int
  /// What becomes of an image before the program sees it.
  public let input: PixelInput

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case outputs, values, side, channels, scale
  }

  /// Reads a description.
  ///
  /// - Throws: `DecodingError` that says what is missing, unknown or impossible.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(otherThan: CodingKeys.allCases.map(\.rawValue))
    let container = try decoder.container(keyedBy: CodingKeys.self)
    outputs = try container.decode([String?].self, forKey: .outputs)
    let word = try container.decode(String.self, forKey: .values)
    guard let values = Values(rawValue: word) else {
      throw DecodingError.dataCorruptedError(
        forKey: .values, in: container,
        debugDescription: "'\(word)' is neither logits nor probabilities")
    }
    self.values = values
    side = try container.decode(Int.self, forKey: .side)
    input = PixelInput(
      channels: try container.decode(Int.self, forKey: .channels),
      scale: try container.decode(ScaleDescription.self, forKey: .scale).scale)
    let names = outputs.compactMap(\.self).map(ModelOutput.init(named:))
    guard !names.isEmpty, Set(names).count == names.count, !names.contains(.label("")) else {
      throw DecodingError.dataCorruptedError(
        forKey: .outputs, in: container,
        debugDescription: "one output at least has a name, and each name stands once")
    }
    guard values == .probabilities || names.allSatisfy({ $0.label != nil }) else {
      throw DecodingError.dataCorruptedError(
        forKey: .values, in: container,
        debugDescription:
          "shares of sexes or races and ages need \"probabilities\", as the sigmoid is not "
          + "what makes them; let the program apply the softmax")
    }
    guard (1...4096).contains(side) else {
      throw DecodingError.dataCorruptedError(
        forKey: .side, in: container, debugDescription: "a side has 1 to 4,096 pixels")
    }
    guard input.isValid else {
      throw DecodingError.dataCorruptedError(
        forKey: .channels, in: container,
        debugDescription: "there are 1 or 3 channels, with one mean for all or one for each")
    }
  }

  /// The outputs that are kept.
  var modelOutputs: [ModelOutput] {
    outputs.compactMap(\.self).map(ModelOutput.init(named:))
  }
}
