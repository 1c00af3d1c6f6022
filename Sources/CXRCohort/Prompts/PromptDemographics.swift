// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// Whose demographics prompts ask for.
public enum PromptDemographics: Codable, Hashable, Sendable {
  /// Those of the radiograph's patient: one prompt a radiograph.
  case original
  /// Every sex with every race: one prompt a radiograph and pair, sexes outermost.
  case balanced(sexes: [Sex], races: [Race])

  /// All 2 sexes and 4 race groups.
  public static let everyone = PromptDemographics.balanced(
    sexes: Sex.allCases, races: Race.allCases)
}
