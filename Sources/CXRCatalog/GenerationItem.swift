// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// An image that a generation run is to make: a prompt, and which of its images.
public struct GenerationItem: Hashable, Sendable {
  /// What has become of an image that is wanted.
  public enum State: String, CaseIterable, Codable, Sendable {
    /// It is still to be made.
    case open
    /// It was made, and nothing that was checked speaks against it.
    case accepted
    /// No attempt gave an image that passed.
    case discarded
  }

  /// The prompt's position in the run, from 0.
  public let prompt: Int
  /// The number of the image among those of its prompt, from 0.
  public let copy: Int
  /// The attempts that were made and logged.
  public let attemptCount: Int
  /// The dataset of the radiograph that the prompt came from.
  public let sourceDataset: String
  /// The name of that radiograph's image within its dataset.
  public let sourceImageName: String
  /// The number of the prompt among those of its radiograph.
  public let variation: Int
  /// The sex that the prompt asks for.
  public let sex: Sex?
  /// The race group that the prompt asks for.
  public let race: Race?
  /// The age that the prompt asks for, in whole years.
  public let ageYears: Int?
  /// The prompt.
  public let text: String
  /// The states of the source's 14 findings when the run began; all unannotated if the catalog had
  /// lost the source by then.
  public let findings: FindingStates

  /// Creates an item.
  ///
  /// - Parameters:
  ///   - prompt: The prompt's position in the run, from 0.
  ///   - copy: The number of the image among those of its prompt, from 0.
  ///   - attemptCount: The attempts that were made and logged.
  ///   - sourceDataset: The dataset of the radiograph that the prompt came from.
  ///   - sourceImageName: The name of that radiograph's image.
  ///   - variation: The number of the prompt among those of its radiograph.
  ///   - sex: The sex that the prompt asks for.
  ///   - race: The race group that the prompt asks for.
  ///   - ageYears: The age that the prompt asks for, in whole years.
  ///   - text: The prompt.
  ///   - findings: The states of the source's 14 findings.
  public init(
    prompt: Int, copy: Int, attemptCount: Int, sourceDataset: String, sourceImageName: String,
    variation: Int, sex: Sex?, race: Race?, ageYears: Int?, text: String, findings: FindingStates
  ) {
    self.prompt = prompt
    self.copy = copy
    self.attemptCount = attemptCount
    self.sourceDataset = sourceDataset
    self.sourceImageName = sourceImageName
    self.variation = variation
    self.sex = sex
    self.race = race
    self.ageYears = ageYears
    self.text = text
    self.findings = findings
  }
}
