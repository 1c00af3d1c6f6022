// SPDX-License-Identifier: Apache-2.0

/// A kind of sentence that can be left out of an impression before its findings.
struct ShorteningRule {
  /// Why such a sentence goes.
  let reason: ShortenedImpression.Reason
  /// Phrases, one of which the sentence holds.
  let phrases: [[String]]
  /// Phrases, one of which the sentence begins with instead.
  let openings: [[String]]

  private init(
    _ reason: ShortenedImpression.Reason, holding phrases: [String],
    beginningWith openings: [String] = []
  ) {
    self.reason = reason
    self.phrases = phrases.map(Sentences.words)
    self.openings = openings.map(Sentences.words)
  }

  /// The rules, the first that fits a sentence counting.
  ///
  /// A sentence that asserts a finding fits none.
  static let all: [ShorteningRule] = [
    ShorteningRule(
      .notification,
      holding: [
        "discussed with", "communicated to", "communicated with", "communicated by", "notified",
        "informed", "telephoned", "phoned", "paged", "by telephone", "via telephone", "by phone",
        "by email", "were reported to", "was reported to", "relayed to", "conveyed to",
        "reviewed with", "posted to the", "time of discovery", "wet read", "at the time of review",
      ]),
    ShorteningRule(
      .recommendation,
      holding: [
        "recommended", "recommend", "recommendation", "recommendations", "suggested", "advised",
        "follow up", "followup", "could be considered", "can be considered", "may be considered",
        "should be considered", "consider", "correlate", "correlation", "further evaluation",
        "further assessment", "if clinically", "clinically indicated", "would be helpful",
        "may be helpful", "can be obtained", "could be obtained", "should be obtained",
      ]),
    ShorteningRule(
      .comparison,
      holding: [
        "no prior", "no priors", "no previous", "no comparison", "comparison is made",
        "comparison was made", "images were compared", "prior study is not available",
      ]),
    ShorteningRule(
      .technique,
      holding: [
        "views of the chest", "view of the chest", "views were obtained", "was obtained",
        "were obtained", "patient is rotated", "rotation of the patient", "patient rotation",
        "limits evaluation", "limits assessment", "limited by", "limited study",
        "limited examination", "technically limited", "is excluded", "not included",
        "suboptimal study", "dictated",
      ]),
    ShorteningRule(
      .normal,
      holding: [
        "normal", "unremarkable", "clear", "within normal limits", "not enlarged", "intact",
        "well expanded", "well inflated", "is not seen", "are not seen", "there is no",
        "there are no", "no acute", "no evidence of", "without evidence of", "resolved",
      ],
      beginningWith: ["no", "without", "neither", "negative for", "otherwise no", "again no"]),
  ]

  /// What a sentence may begin with, up to a comma, before it comes to the point.
  static let introductions = [
    "in comparison", "compared", "as compared", "when compared", "in the interval", "since",
    "relative to", "comparison is made", "as above", "as noted above", "as before",
  ].map(Sentences.words)

  /// Returns why a sentence may go.
  ///
  /// - Parameter sentence: A sentence.
  /// - Returns: The reason, or `nil` if it stays.
  static func reason(toDrop sentence: String) -> ShortenedImpression.Reason? {
    switch DescriptiveImpressionRule.reason(againstSentence: sentence) {
    case .redactedOnly: return .redacted
    case .some: return .comparison
    case nil:
      let words = Sentences.words(sentence)
      guard !FindingAssertion.holds(in: words) else { return nil }
      return all.first { $0.fits(words) }?.reason
    }
  }

  private func fits(_ words: [String]) -> Bool {
    phrases.contains { words.holds($0) } || openings.contains { words.starts(with: $0) }
  }
}

extension [String] {
  /// Whether words occur in this order, next to each other.
  fileprivate func holds(_ phrase: [String]) -> Bool {
    indices.contains { self[$0...].starts(with: phrase) }
  }
}
