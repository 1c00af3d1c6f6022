// SPDX-License-Identifier: Apache-2.0

/// The beginning of a sentence that may stand for it when it is too long.
///
/// A sentence ends well only where a new phrase begins – after a comma, or before a conjunction or a
/// preposition – and only behind a word that can end one: "There is a small left" is no sentence, and
/// "There is moderate" says nothing. The clause must still assert a finding by a noun, and what is cut
/// must not take it back.
struct ShortenedClause {
  /// A beginning as a sentence of its own, and what follows it.
  struct Cut {
    let text: String
    let rest: String
  }

  private let words: [Substring]
  private let spellings: [String]

  /// Prepares a sentence.
  ///
  /// - Parameter sentence: A sentence in one line.
  init(_ sentence: String) {
    words = sentence.split(separator: " ")
    spellings = words.map { Sentences.words(String($0)).joined() }
  }

  /// The beginnings with which the sentence may end, the longest first.
  ///
  /// - Complexity: O(words²) for one sentence.
  var clauses: [Cut] {
    guard words.count > 2 else { return [] }
    return (2..<words.count).reversed().compactMap { count in
      guard endsPhrase(at: count) else { return nil }
      // "Edema and, less likely, …" ends with "Edema".
      var kept = count
      while kept > 1, Self.openers.contains(spellings[kept - 1]) { kept -= 1 }
      guard kept > 1, says(kept), !takesBack(from: count) else { return nil }
      return cut(kept)
    }
  }

  /// The beginnings of any number of words as a last resort: the longest that names a finding first,
  /// one word last.
  var beginnings: [Cut] {
    let counts = (1...max(1, words.count)).reversed().dropLast()
    return (counts.filter(says) + counts.filter { !says($0) && canEnd($0) } + [1]).map(cut)
  }

  /// So many words as a sentence: without a comma at the end, with a stop.
  private func cut(_ count: Int) -> Cut {
    var text = words.prefix(count).joined(separator: " ")
    // From the end: turning the text around and back cost more than counting its tokens.
    while let last = text.last, last == "," || last == ";" || last == ":" { text.removeLast() }
    if text.last != "." { text.append(".") }
    return Cut(text: text, rest: words.dropFirst(count).joined(separator: " "))
  }

  /// Whether a phrase ends after a number of words.
  private func endsPhrase(at count: Int) -> Bool {
    [",", ";", ":"].contains(words[count - 1].last) || Self.openers.contains(spellings[count])
  }

  /// Whether so many words assert a finding, and end behind its noun or a complete predicate.
  private func says(_ count: Int) -> Bool {
    let kept = Array(spellings.prefix(count))
    let telling = isPredicate(count - 1) ? kept : kept.filter { !Self.isModifier($0) }
    guard canEnd(count), FindingAssertion.holds(in: telling) else { return false }
    // "Elevation of" or "widening of" name no finding without what follows.
    let loses = count < spellings.count && spellings[count] == "of"
    return !(loses && Self.transitive.contains { kept[count - 1].hasPrefix($0) })
  }

  /// Whether a sentence can end after so many words.
  private func canEnd(_ count: Int) -> Bool {
    let last = spellings[count - 1]
    guard !last.isEmpty, !Self.openers.contains(last), !Self.articles.contains(last) else {
      return false
    }
    return !Self.isModifier(last) || isPredicate(count - 1)
  }

  /// Whether a participle is what a verb says: "is enlarged", but not "there is increased" or "again
  /// seen is mild".
  private func isPredicate(_ position: Int) -> Bool {
    guard spellings[position].hasSuffix("ed"),
      let verb = spellings[..<position].lastIndex(where: { Self.copulas.contains($0) }), verb > 0
    else { return false }
    return !["there", "seen", "noted"].contains(spellings[verb - 1])
      && spellings[verb..<position].dropFirst().allSatisfy { $0.hasSuffix("ly") }
  }

  /// Whether the rest of the sentence says that what came before is gone.
  private func takesBack(from position: Int) -> Bool {
    spellings[position...].contains { Self.revoking.contains($0) }
  }

  private static func isModifier(_ word: String) -> Bool {
    if modifiers.contains(word) || word.allSatisfy(\.isNumber) { return true }
    guard !nouns.contains(word) else { return false }
    return endings.contains { word.hasSuffix($0) }
  }

  /// Words that begin a new phrase, and with which none ends.
  private static let openers: Set<String> = [
    "and", "or", "with", "of", "in", "at", "on", "for", "to", "which", "that", "by", "from", "as",
    "but", "without", "within", "including", "consistent", "compatible", "suggesting", "suggestive",
    "concerning", "representing", "reflecting", "likely", "probably", "possibly", "due",
    "secondary", "related", "projecting", "overlying", "involving", "along", "near", "than",
    "compared", "although", "though", "while", "however", "where", "after", "since", "because",
    "not", "no", "nor", "versus", "vs", "about", "into", "through", "between", "over", "under",
    "may", "might", "could", "can", "has", "have", "had", "projects", "project", "lies", "lie",
    "extends", "extend", "measures", "measuring", "overlies", "obscures", "represents", "represent",
    "suggests", "suggest", "reflects", "reflect", "shows", "ends", "terminates", "occupies",
  ]
  private static let articles: Set<String> = [
    "the", "a", "an", "is", "are", "was", "were", "be", "been", "there", "this", "these", "its",
    "it", "appears", "appear", "remains", "remain",
  ]
  private static let copulas: Set<String> = [
    "is", "are", "was", "were", "remains", "remain", "appears", "appear",
  ]
  private static let revoking: Set<String> = [
    "resolved", "cleared", "longer", "excluded", "absent", "removed", "gone",
  ]
  /// Nouns of a change that need what they change.
  private static let transitive = [
    "enlarg", "elevat", "blunt", "widen", "thicken", "tortuo", "prominen", "engorg", "shift",
    "collaps",
  ]
  private static let modifiers: Set<String> = [
    "mild", "moderate", "severe", "small", "large", "left", "right", "low", "new", "old", "upper",
    "lower", "mid", "middle", "minor", "tiny", "subtle", "dense", "stable", "possible", "probable",
    "more", "less", "very", "some", "any", "other", "wide", "prominent", "persistent", "present",
    "recent", "faint", "diffuse", "coarse", "fine", "acute", "both", "minimum", "trace", "great",
    "further", "mm", "cm", "such", "same", "worse", "better", "much", "several", "two", "three",
    "clear", "free", "apparent", "cardiac", "patchy", "hazy", "streaky", "fluffy", "bulky",
    "cloudy",
  ]
  private static let endings = [
    "al", "ar", "ic", "ous", "ed", "ive", "able", "ible", "ary", "ior", "ly", "ing",
  ]
  /// Words with such an ending that name something all the same.
  private static let nouns: Set<String> = [
    "scar", "scarring", "blunting", "thickening", "widening", "crowding", "layering", "shadowing",
    "tubing", "bleeding", "swelling", "bed", "removal", "hospital",
  ]
}
