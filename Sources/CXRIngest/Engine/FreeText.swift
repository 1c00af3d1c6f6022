// SPDX-License-Identifier: Apache-2.0

/// Finds the terms of a descriptor in an item of free text.
///
/// A term counts unless, wherever it stands, a negation stands before it in the same clause. A clause
/// ends at `;`, `:`, `!` or `?`, at a line end, and at a full stop before a space or at the end;
/// commas end none, so that "no effusion, pneumonia or edema" denies all three.
struct FreeText {
  /// What an item says.
  struct Reading {
    /// The terms that count.
    var terms: [LabelRule.Term] = []
    /// Whether a term stands there that a negation denies.
    var hasDenied = false
  }

  private let terms: [(term: LabelRule.Term, isNegation: Bool)]
  private let negations: [String]
  private let matchesWholeWords: Bool

  init(_ rule: LabelRule) {
    negations = rule.negations
    matchesWholeWords = rule.matchesWholeWords
    // "No finding" is a term although it begins like the absence of one.
    terms = rule.substrings.map { term in
      (term, rule.negations.contains { term.name.hasPrefix($0 + " ") })
    }
  }

  /// Reads an item in lower case.
  func read(_ text: String) -> Reading {
    var reading = Reading()
    let clauses = Self.clauses(of: text).map { clause in
      (text: clause, firstNegation: firstNegation(in: clause))
    }
    for (term, isNegation) in terms {
      var isDenied = false
      let counts = clauses.contains { clause in
        ranges(of: term.name, in: clause.text, asWords: matchesWholeWords).contains { range in
          guard !isNegation, let negation = clause.firstNegation, negation <= range.lowerBound
          else { return true }
          isDenied = true
          return false
        }
      }
      if counts { reading.terms.append(term) }
      reading.hasDenied = reading.hasDenied || (isDenied && !counts)
    }
    return reading
  }

  /// Where the first negation of a clause stands; one that is part of a term is none.
  private func firstNegation(in clause: Substring) -> String.Index? {
    guard !negations.isEmpty else { return nil }
    let own = terms.filter(\.isNegation).flatMap {
      ranges(of: $0.term.name, in: clause, asWords: matchesWholeWords)
    }
    return negations.flatMap { ranges(of: $0, in: clause, asWords: true) }
      .filter { negation in !own.contains { $0.contains(negation.lowerBound) } }
      .map(\.lowerBound).min()
  }

  /// Where a text stands: as whole words, or as any part.
  private func ranges(
    of name: String, in text: Substring, asWords: Bool
  ) -> [Range<String.Index>] {
    let ranges = text.ranges(of: name)
    guard asWords else { return ranges }
    return ranges.filter { range in
      let before =
        range.lowerBound > text.startIndex ? text[text.index(before: range.lowerBound)] : " "
      let after = range.upperBound < text.endIndex ? text[range.upperBound] : " "
      return !before.isLetter && !after.isLetter
    }
  }

  private static func clauses(of text: String) -> [Substring] {
    var clauses: [Substring] = []
    var start = text.startIndex
    for index in text.indices {
      let next = text.index(after: index)
      let isEnd =
        switch text[index] {
        case ";", ":", "!", "?": true
        // A decimal point ends nothing.
        case ".": next == text.endIndex || text[next].isWhitespace
        default: text[index].isNewline
        }
      guard isEnd else { continue }
      clauses.append(text[start..<index])
      start = next
    }
    return clauses + [text[start...]]
  }
}
