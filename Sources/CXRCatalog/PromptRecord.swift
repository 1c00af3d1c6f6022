// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// A prompt: a text for a text-to-image model, and how it came from a radiograph.
public struct PromptRecord: Hashable, Sendable {
  /// The id of the radiograph in the catalog.
  public var radiographID: Int64
  /// The number of the prompt among those of its radiograph.
  public var variation: Int
  /// The sex that the prompt asks for.
  public var sex: Sex?
  /// The race group that the prompt asks for.
  public var race: Race?
  /// The age that the prompt asks for, in whole years.
  public var ageYears: Int?
  /// The part of the report that the prompt repeats, shortened where that was needed.
  public var impression: String
  /// The prompt.
  public var text: String
  /// The number of tokens with the start and end tokens, where they were counted.
  public var tokenCount: Int?
  /// How the impression was shortened, `none` where it was not.
  public var shortening: String
  /// What shortening cut out, one piece on a line.
  public var removedText: String

  /// Creates a prompt.
  ///
  /// - Parameters:
  ///   - radiographID: The id of the radiograph in the catalog.
  ///   - variation: The number of the prompt among those of its radiograph, from 0.
  ///   - sex: The sex that the prompt asks for.
  ///   - race: The race group that the prompt asks for.
  ///   - ageYears: The age that the prompt asks for, in whole years.
  ///   - impression: The part of the report that the prompt repeats.
  ///   - text: The prompt.
  ///   - tokenCount: The number of tokens with the start and end tokens.
  ///   - shortening: How the impression was shortened, `none` where it was not.
  ///   - removedText: What shortening cut out, one piece on a line.
  public init(
    radiographID: Int64, variation: Int, sex: Sex?, race: Race?, ageYears: Int?,
    impression: String, text: String, tokenCount: Int?, shortening: String, removedText: String
  ) {
    self.radiographID = radiographID
    self.variation = variation
    self.sex = sex
    self.race = race
    self.ageYears = ageYears
    self.impression = impression
    self.text = text
    self.tokenCount = tokenCount
    self.shortening = shortening
    self.removedText = removedText
  }
}
