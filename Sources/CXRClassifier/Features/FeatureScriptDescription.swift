// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles
internal import CXRImage
internal import Foundation

/// What a program in TorchScript takes that gives features, which its file does not say.
///
/// In a file it is JSON beside the program:
///
///     {"side": 480, "channels": 3, "scale": "unit"}
///
/// or, for an Inception as a program, the convention by which images are resized and scaled:
///
///     {"resize": "clean-fid"}
///
/// A scale is `unit`, `signedUnit`, `xrv`, `bytes`, `imageNet`, or means and deviations on the scale from
/// 0 to 1. The program gives one row of numbers a picture, or a map of them whose mean is taken.
public struct FeatureScriptDescription: Hashable, Sendable, Decodable {
  /// How images become pictures.
  enum Input: Hashable, Sendable {
    /// Cropped to a square and reduced, then brought to a scale.
    case scaled(side: Int, PixelInput)
    /// As a program for Fréchet distances does.
    case convention(ResizeConvention)
  }

  let input: Input
  private let scaleWords: String

  private enum CodingKeys: String, CodingKey, CaseIterable { case side, channels, scale, resize }

  /// Reads a description.
  ///
  /// - Throws: `DecodingError` that says what is missing, unknown or impossible.
  public init(from decoder: any Decoder) throws {
    try decoder.refuseKeys(otherThan: CodingKeys.allCases.map(\.rawValue))
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let word = try container.decodeIfPresent(String.self, forKey: .resize) {
      guard let convention = ResizeConvention(rawValue: word) else {
        let known = ResizeConvention.allCases.map(\.rawValue).joined(separator: ", ")
        throw DecodingError.dataCorruptedError(
          forKey: .resize, in: container, debugDescription: "'\(word)' is none of \(known)")
      }
      guard container.allKeys.count == 1 else {
        throw DecodingError.dataCorruptedError(
          forKey: .resize, in: container,
          debugDescription: "resize says side, channels and scale already; leave these out")
      }
      input = .convention(convention)
      scaleWords = ""
      return
    }
    let side = try container.decode(Int.self, forKey: .side)
    guard (1...4096).contains(side) else {
      throw DecodingError.dataCorruptedError(
        forKey: .side, in: container, debugDescription: "a side has 1 to 4,096 pixels")
    }
    let pixels = PixelInput(
      channels: try container.decode(Int.self, forKey: .channels),
      scale: try container.decode(ScaleDescription.self, forKey: .scale).scale)
    guard pixels.isValid else {
      throw DecodingError.dataCorruptedError(
        forKey: .channels, in: container,
        debugDescription: "there are 1 or 3 channels, with one mean for all or one for each")
    }
    input = .scaled(side: side, pixels)
    scaleWords = (try? container.decode(String.self, forKey: .scale)) ?? "standardized"
  }

  /// Reads the description of a program.
  ///
  /// - Parameters:
  ///   - path: The program.
  ///   - file: The description; `nil` for the one beside the program.
  /// - Throws: `FileError` with code `.missing` or `.malformed`.
  init(beside path: String, file: String?) throws(FileError) {
    let ending = URL(filePath: path).pathExtension
    let beside = (ending.isEmpty ? path : String(path.dropLast(ending.count + 1))) + ".json"
    let file = file ?? beside
    guard FileManager.default.fileExists(atPath: file) else {
      throw FileError(
        .missing,
        "\(path) is a program in TorchScript, and there is no \(file) to say what it takes; write "
          + "{\"side\": 224, \"channels\": 3, \"scale\": \"imageNet\"} into it, or {\"resize\": "
          + "\"clean-fid\"} for an Inception.")
    }
    self = try JSONDocument.read(from: file)
  }

  /// How images become the program's input, in a few words.
  var words: String {
    switch input {
    case .scaled(let side, let pixels):
      "cropped and reduced to \(side) × \(side), \(NumberText.count(pixels.channels, "channel")), "
        + "scale \(scaleWords)"
    case .convention(let convention): "resized as \(convention)"
    }
  }
}
