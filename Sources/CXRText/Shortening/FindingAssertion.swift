// SPDX-License-Identifier: Apache-2.0

/// Tells whether a sentence says that something is there, as opposed to absent or normal.
///
/// A walk over the words: a negating word switches negation on until a turning word switches it off;
/// a word for a finding outside negation is an assertion. "No effusion or edema" asserts nothing, "no
/// change in the effusion" and "no effusion with new edema" do. In doubt a sentence asserts: it then
/// stays in the impression.
enum FindingAssertion {
  private static let negating: Set<String> = [
    "no", "not", "without", "nor", "neither", "negative", "clear", "free", "absence", "absent",
    "resolved",
  ]

  /// "No change", "no longer" and the like speak of something that is there, or was.
  private static let turning: Set<String> = [
    "with", "but", "however", "although", "though", "except", "there", "while", "other", "aside",
    "apart", "besides", "change", "changes", "changed", "longer", "improvement", "increase",
    "decrease", "resolution", "unchanged", "stable", "persistent", "now",
    "exclude", "excludes", "excluded",
  ]

  /// Beginnings of words for findings and devices.
  private static let findings = [
    "abnormal", "abscess", "adenopath", "aneurysm", "aspirat", "atelecta", "blunt", "calcif",
    "cancer", "cardiomegal", "catheter", "cavit", "collaps", "congest", "consolidat",
    "defibrillator", "deformit", "degenerat", "densit", "device", "disease", "dobbhoff", "drain",
    "edema", "effusion", "elevat", "emphysem", "engorg", "enlarg", "failure", "fibros", "fibrot",
    "fluid", "fractur", "granulom", "haz", "hemothora", "hernia", "hydro", "hyperexpan",
    "hyperinfl", "infect", "infiltrat", "interstitial", "kypho", "lesion", "lymph", "malignan",
    "metasta", "nodul", "opaci", "overload", "pacemaker", "picc", "pneumomediast", "pneumonia",
    "pneumonitis", "pneumothora", "prominen", "scar", "scolio", "shift", "stent", "sternotom",
    "thicken", "tortuo", "tumor", "valve", "widen",
  ]

  /// Words that count only whole: "line" is a device, "linear" is not.
  private static let whole: Set<String> = [
    "chf", "copd", "lead", "line", "lines", "low", "mass", "masses", "mild", "moderate", "port",
    "severe", "tube", "tubes", "wide",
  ]

  private static let byFirstByte = Dictionary(grouping: findings) { $0.utf8.first ?? 0 }

  /// Whether a sentence asserts a finding.
  ///
  /// - Parameter words: The sentence's words, lower-case.
  /// - Returns: `true` if something is said to be there.
  static func holds(in words: [String]) -> Bool {
    var isNegated = false
    for word in words {
      if negating.contains(word) {
        isNegated = true
      } else if turning.contains(word) {
        isNegated = false
      } else if !isNegated, isFinding(word) {
        return true
      }
    }
    return false
  }

  private static func isFinding(_ word: String) -> Bool {
    whole.contains(word)
      || byFirstByte[word.utf8.first ?? 0, default: []].contains { word.hasPrefix($0) }
  }
}
