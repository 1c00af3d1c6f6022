// SPDX-License-Identifier: Apache-2.0

/// Decides whether an impression describes what a radiograph shows.
///
///     let rule = DescriptiveImpressionRule()
///     rule.reason(against: "No acute cardiopulmonary process.")  // nil: it is descriptive
///     rule.reason(against: "No significant interval change.")    // .unchangedOnly
///
/// The published study keeps "descriptive" impressions without defining them; this is our rule, and
/// ``version`` names it. An impression is split into sentences and is descriptive if one of them is.
/// A sentence is not descriptive if **every** word of it comes from a short list for speaking of
/// other texts or other studies and one of them is a key word of that list; a single word beyond the
/// list ("Stable cardiomegaly") makes it descriptive. Statements of normality are descriptive.
public struct DescriptiveImpressionRule: Codable, Hashable, Sendable {
  /// The name of the rule, to be recorded with what it selected; a change of words changes it.
  public static let version = "descriptive-impression/1"

  /// The fewest words that describe anything, numbers and redactions not counted.
  public var minimumWords: Int
  /// The fewest letters that describe anything.
  public var minimumLetters: Int

  /// Creates a rule.
  ///
  /// - Parameters:
  ///   - minimumWords: The fewest words, at least 1.
  ///   - minimumLetters: The fewest letters, at least 1; 4 lets "COPD." pass.
  public init(minimumWords: Int = 1, minimumLetters: Int = 4) {
    self.minimumWords = minimumWords
    self.minimumLetters = minimumLetters
  }

  /// Returns why an impression is not descriptive.
  ///
  /// - Parameter impression: The impression in one line, `nil` if the report has none.
  /// - Returns: The reason, that of the first sentence if they differ; `nil` if the impression is
  ///   descriptive.
  /// - Complexity: O(length).
  public func reason(against impression: String?) -> NondescriptiveReason? {
    guard let impression, impression.contains(where: { !$0.isWhitespace }) else { return .missing }
    let words = Sentences.words(impression).filter { !Self.isNumber($0) }
    if words.isEmpty { return impression.contains("_") ? .redactedOnly : .tooShort }
    if Self.nothing.contains(words) { return .missing }
    let sentences = Sentences.split(impression)
    if let first = sentences.first.flatMap({ Self.reason(againstSentence: $0) }),
      sentences.allSatisfy({ Self.reason(againstSentence: $0) != nil })
    {
      return first
    }
    let letters = words.reduce(0) { $0 + $1.utf8.count }
    return words.count < minimumWords || letters < minimumLetters ? .tooShort : nil
  }

  /// Returns why a sentence is not descriptive, or `nil` if it is.
  static func reason(againstSentence sentence: String) -> NondescriptiveReason? {
    let words = Sentences.words(sentence).filter { !isNumber($0) }
    guard !words.isEmpty else { return .redactedOnly }
    if words.allSatisfy(pointing.contains), words.contains(where: pointingKeys.contains) {
      return .asAbove
    }
    guard words.allSatisfy(comparing.contains), words.contains(where: comparingKeys.contains) else {
      return nil
    }
    return words.contains(where: studyKeys.contains) ? .comparisonOnly : .unchangedOnly
  }

  private static func isNumber(_ word: String) -> Bool {
    word.utf8.allSatisfy { 0x30...0x39 ~= $0 }
  }

  private static func words(_ list: String) -> Set<String> { Set(Sentences.words(list)) }

  /// Impressions that say there is none.
  private static let nothing: Set<[String]> = [
    ["none"], ["n", "a"], ["na"], ["not", "available"], ["not", "applicable"], ["null"], ["nan"],
    ["no", "impression"], ["nil"],
  ]

  private static let pointingKeys = words("above below findings report text body section same")

  private static let pointing = pointingKeys.union(
    words(
      """
      as see please refer to the of this in for full detail details detailed described noted \
      discussed stated dictated mentioned per finding is are impression and further description \
      complete my read
      """))

  private static let comparingKeys = words(
    """
    unchanged stable change changes changed similar same compared comparison prior previous \
    previously
    """)

  /// Words that name another study.
  private static let studyKeys = words(
    "compared comparison prior priors previous previously study exam examination yesterday earlier")

  private static let comparing = comparingKeys.union(studyKeys).union(
    words(
      """
      no not without significant significantly substantial appreciable relevant important major \
      definite interval there is are was has have had been be being the a an of in from since to \
      with and or at on for as it this that these when again otherwise overall essentially \
      relatively grossly generally largely radiographically radiographic appearance appearances \
      examinations exams studies radiograph radiographs film films chest cxr x ray xray portable \
      pa ap lateral view views image images imaging most recent today date dated day days week \
      weeks month months year years hour hours ago made available remains remain short over time
      """))
}
