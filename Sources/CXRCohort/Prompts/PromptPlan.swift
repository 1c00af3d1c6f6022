// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore
internal import CXRText

/// Everything that decides which prompts are made.
///
///     var plan = PromptPlan(name: "balanced", source: RadiographSource(cohort: "train"))
///     plan.demographics = .everyone
///     plan.ageJitterYears = 5
///
/// The same plan over the same radiographs gives the same prompts, on any number of threads; a
/// radiograph that is added or removed leaves the prompts of the others as they are, unless a
/// ``cap`` makes them compete. All draws are keyed by the seed and the names of dataset and image.
public struct PromptPlan: Codable, Hashable, Sendable {
  /// The name of the prompt set.
  public var name: String
  /// The radiographs.
  public var source: RadiographSource
  /// The text with fields in braces; see `PromptTemplate`.
  public var template = PromptTemplate.study.description
  /// Which part of the report `{impression}` stands for.
  public var section = PromptSection.impression
  /// Whose demographics the prompts ask for.
  public var demographics = PromptDemographics.original
  /// How far the age may lie from the patient's, in whole years; 0 keeps it.
  ///
  /// The age is drawn uniformly from the whole numbers in original ± jitter that lie within 18 to
  /// 90; where none does, it is the nearer limit: 91, which stands for all higher ages in MIMIC,
  /// gives 86 to 90 with a jitter of 5, and 95 with a jitter of 3 gives 90.
  public var ageJitterYears = 0
  /// How often radiographs with certain findings are repeated.
  public var weights: [FindingWeight] = []
  /// The most prompts of a cell, if there is a limit.
  public var cap: PromptCap?
  /// What is done with a prompt that has too many tokens.
  public var shortening = PromptShortening.extractive(version: ExtractiveShortener.version)
  /// The most characters of a shortened impression.
  public var maximumCharacters = 200
  /// The most tokens of a prompt, start and end included.
  public var maximumTokens = 77
  /// What identifies the vocabulary that tokens are counted with; `nil` when they are not counted.
  public var tokenizerDigest: String?
  /// The seed of every draw.
  public var seed: UInt64 = 1

  /// Creates a plan with one prompt a radiograph, in the study's words.
  ///
  /// - Parameters:
  ///   - name: The name of the prompt set.
  ///   - source: The radiographs.
  public init(name: String, source: RadiographSource) {
    self.name = name
    self.source = source
  }

  /// The limits of an age that is drawn, in years.
  static let ageLimits = 18...90

  /// The largest weight of a finding.
  static let largestWeight = 1000.0

  /// Checks the plan by itself, and reads its template.
  ///
  /// - Returns: The template.
  /// - Throws: `TextError` with code `.invalidTemplate`, ``PromptError`` with code `.invalidPlan`.
  func validated() throws -> PromptTemplate {
    func require(_ condition: Bool, _ message: String) throws {
      guard condition else { throw PromptError(.invalidPlan, message) }
    }
    try require(!name.isEmpty, "A prompt set needs a name; give one with --name.")
    try require(
      (0...120).contains(ageJitterYears), "The age jitter takes whole years from 0 to 120.")
    try require(maximumTokens >= 3, "A prompt needs room for at least 3 tokens.")
    try require(maximumCharacters >= 1, "An impression needs room for at least 1 character.")
    for weight in weights {
      try require(
        (0...Self.largestWeight).contains(weight.copies),
        "The weight of \(weight.finding.name) must be a number from 0 to 1000.")
    }
    try require(
      weights.map(\.finding).distinct.count == weights.count,
      "A finding is weighted twice; give each finding one weight.")
    if let cap {
      try require(
        cap.count >= 1 && !cap.attributes.isEmpty,
        "A cap takes a number from 1, and at least one of sex, race, age and finding.")
    }
    if case .balanced(let sexes, let races) = demographics {
      try require(
        !sexes.isEmpty && !races.isEmpty && sexes.distinct == sexes && races.distinct == races,
        "Balanced prompts need at least one sex and one race, each named once.")
    }
    return try PromptTemplate(template)
  }
}
