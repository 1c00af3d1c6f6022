// SPDX-License-Identifier: Apache-2.0

/// A field of a prompt template; the name decides how a value is spelled.
public enum PromptField: String, CaseIterable, Codable, Hashable, Sendable {
  /// The age in whole years, rounded down: `63`.
  case age
  /// The sex: `male`, `female`.
  case sex
  /// The sex in capitals: `MALE`, `FEMALE`.
  case sexUpperCase = "SEX"
  /// The race group: `asian`, `black`, `hispanic`, `white`.
  case race
  /// The race group in capitals: `ASIAN`.
  case raceUpperCase = "RACE"
  /// The race group with a capital: `Asian`.
  case raceCapitalized = "Race"
  /// The impression, shortened or not.
  case impression
  /// The findings section of the report.
  case findings
  /// The projection: `PA`.
  case view
  /// The positive findings, joined by commas: `Edema, Pneumonia`.
  case labels
  /// The name of the dataset.
  case dataset
}
