// SPDX-License-Identifier: Apache-2.0

/// Shortens an impression by leaving out what a picture needs least; it never rewords.
///
///     let shortener = ExtractiveShortener()
///     let short = shortener.shorten(impression) { tokenizer.tokenCount(prefix + $0) }
///
/// Sentences go one at a time, the last of a kind first, until the limits are kept: redactions,
/// notifications, recommendations, comparisons, technique, then statements of normality. Introductions
/// ("In comparison with the study of ___, …") go with the comparisons, then sentences that name no
/// finding. Sentences with findings stay, in their order; only if they alone are too long does one
/// after the other take its place as long as there is room: whole, or up to the end of a clause that
/// still names a finding, or not at all. One sentence always stays. The numbers of list items go as
/// soon as anything does.
///
/// The published study had a language model do this; the result is not the same text, but it is a
/// function of its input that anyone can repeat.
public struct ExtractiveShortener: Codable, Hashable, Sendable {
  /// The name of the rules, to be recorded with what they shortened; a change of rules changes it.
  public static let version = "extractive/2"

  /// The most characters that a shortened impression has.
  public var maximumCharacters: Int
  /// The most tokens that the whole prompt has, start and end tokens included.
  public var maximumTokens: Int

  /// Creates a shortener.
  ///
  /// - Parameters:
  ///   - maximumCharacters: The most characters of a shortened impression, at least 1.
  ///   - maximumTokens: The most tokens of the whole prompt, at least 3.
  public init(maximumCharacters: Int = 200, maximumTokens: Int = 77) {
    self.maximumCharacters = maximumCharacters
    self.maximumTokens = maximumTokens
  }

  /// Shortens an impression if its prompt is too long.
  ///
  /// An impression whose prompt has at most ``maximumTokens`` stays as it is, even beyond
  /// ``maximumCharacters``: the token limit is the reason to shorten, the character limit how far.
  ///
  /// - Parameters:
  ///   - impression: The impression in one line.
  ///   - tokenCount: Counts the tokens of the whole prompt with the impression given to it.
  /// - Returns: The text that is left and what was left out.
  /// - Throws: Whatever `tokenCount` throws.
  /// - Complexity: One count for each sentence; where findings are too long, one for each clause.
  public func shorten<Failure: Error>(
    _ impression: String, tokenCount: (String) throws(Failure) -> Int
  ) throws(Failure) -> ShortenedImpression {
    if try tokenCount(impression) <= maximumTokens {
      return ShortenedImpression(text: impression, removed: [], method: .unchanged, fits: true)
    }
    func fits(_ text: String) throws(Failure) -> Bool {
      guard text.count <= maximumCharacters else { return false }
      return try tokenCount(text) <= maximumTokens
    }
    var pieces = Self.pieces(of: impression)
    var removed: [ShortenedImpression.Removal] = []
    for reason in ShortenedImpression.Reason.allCases.dropLast() {
      for index in pieces.indices.reversed() where pieces[index].reason == reason {
        if try fits(Self.joined(pieces)) { break }
        guard
          pieces.count(where: { !$0.isRemoved && !$0.isIntroduction }) > 1
            || pieces[index].isIntroduction
        else { continue }
        pieces[index].isRemoved = true
        removed.append(.init(text: pieces[index].text, reason: reason))
      }
    }
    let rest = Self.joined(pieces)
    if try fits(rest) {
      return ShortenedImpression(text: rest, removed: removed, method: .sentences, fits: true)
    }
    var kept: [String] = []
    for sentence in Self.remaining(pieces) {
      let whole = ShortenedClause.Cut(text: sentence, rest: "")
      var choice: ShortenedClause.Cut?
      for cut in [whole] + ShortenedClause(sentence).clauses
      where try fits(Self.text(of: kept + [cut.text])) {
        choice = cut
        break
      }
      if let choice { kept.append(choice.text) }
      let rest = choice?.rest ?? sentence
      if !rest.isEmpty { removed.append(.init(text: rest, reason: .end)) }
    }
    if kept.isEmpty, let first = Self.remaining(pieces).first {
      let beginnings = ShortenedClause(first).beginnings
      var choice = beginnings.last
      for cut in beginnings where try fits(cut.text) {
        choice = cut
        break
      }
      kept = [choice?.text ?? first]
      let place = removed.count - Self.remaining(pieces).count
      removed[place] = .init(text: choice?.rest ?? "", reason: .end)
      if removed[place].text.isEmpty { removed.remove(at: place) }
    }
    let text = Self.text(of: kept)
    return ShortenedImpression(text: text, removed: removed, method: .cut, fits: try fits(text))
  }

  /// Shortens an impression to ``maximumCharacters`` without regard to tokens.
  ///
  /// - Parameter impression: The impression in one line.
  /// - Returns: The text that is left and what was left out.
  public func shorten(_ impression: String) -> ShortenedImpression {
    // Counting "too many" for a long text is all that the token limit has to do here.
    shorten(impression) { $0.count <= maximumCharacters ? 0 : Int.max }
  }
}

extension ExtractiveShortener {
  private struct Piece {
    let text: String
    let reason: ShortenedImpression.Reason?
    let isIntroduction: Bool
    var isRemoved = false
  }

  /// The sentences in order, introductions split off, with the reasons why they may go.
  private static func pieces(of impression: String) -> [Piece] {
    Sentences.split(impression).flatMap { sentence -> [Piece] in
      if let reason = ShorteningRule.reason(toDrop: sentence) {
        return [Piece(text: sentence, reason: reason, isIntroduction: false)]
      }
      guard let comma = sentence.firstRange(of: ", "),
        case let words = Sentences.words(String(sentence[..<comma.lowerBound])),
        ShorteningRule.introductions.contains(where: { words.starts(with: $0) })
      else { return [Piece(text: sentence, reason: lastReason(sentence), isIntroduction: false)] }
      let rest = String(sentence[comma.upperBound...])
      return [
        Piece(
          text: String(sentence[..<comma.upperBound].dropLast()), reason: .comparison,
          isIntroduction: true),
        Piece(
          text: rest, reason: ShorteningRule.reason(toDrop: rest) ?? lastReason(rest),
          isIntroduction: false),
      ]
    }
  }

  /// Why a sentence that no rule drops may go after all others: it names no finding.
  private static func lastReason(_ sentence: String) -> ShortenedImpression.Reason? {
    FindingAssertion.holds(in: Sentences.words(sentence)) ? nil : .other
  }

  private static func joined(_ pieces: [Piece]) -> String { text(of: remaining(pieces)) }

  private static func text(of sentences: [String]) -> String {
    sentences.joined(separator: " ")
  }

  /// The pieces that are left; a sentence that lost its introduction begins with a capital.
  private static func remaining(_ pieces: [Piece]) -> [String] {
    var texts: [String] = []
    for (index, piece) in pieces.enumerated() where !piece.isRemoved {
      let lostIntroduction =
        index > 0 && pieces[index - 1].isIntroduction
        && pieces[index - 1].isRemoved
      texts.append(
        lostIntroduction ? piece.text.prefix(1).uppercased() + piece.text.dropFirst() : piece.text)
    }
    return texts
  }
}
