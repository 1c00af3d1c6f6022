// SPDX-License-Identifier: Apache-2.0

extension LabelPolicy: CustomStringConvertible {
  /// The mixes that have a name.
  private static let mixes: [(name: String, policy: LabelPolicy)] = [
    ("competition-5", competitionFive)
  ]

  /// The suffix by which No Finding speaks for what is not mentioned.
  private static let propagation = "+no-finding"

  /// The words that a policy may begin with: the rules and the named mixes.
  public static let words = Rule.allCases.map(\.rawValue) + mixes.map(\.name)

  /// Reads a policy as it is typed.
  ///
  ///     try LabelPolicy("u-zeros,Edema=u-ones,Atelectasis=u-ones")
  ///     try LabelPolicy("explicit-only+no-finding")
  ///     try LabelPolicy("competition-5")
  ///
  /// - Parameter text: A rule or a named mix; after it, with commas, findings that follow another
  ///   rule, as `FINDING=RULE`; at the end perhaps `+no-finding`.
  /// - Throws: ``VocabularyError`` with code `.unknownWord` or `.repeatedName`, naming the word and
  ///   the nearest known one.
  public init(_ text: String) throws(VocabularyError) {
    let isPropagated = text.hasSuffix(Self.propagation)
    let terms = text.dropLast(isPropagated ? Self.propagation.count : 0)
      .split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let start = terms[0]
    var policy: LabelPolicy
    if let mix = Self.mixes.first(where: { $0.name == start }) {
      policy = mix.policy
    } else {
      policy = LabelPolicy(try Self.rule(start, among: Self.words))
    }
    var seen: Set<Finding> = []
    for term in terms.dropFirst() {
      let (finding, rule) = try Self.exception(term)
      guard seen.insert(finding).inserted else {
        throw VocabularyError(
          .repeatedName, "\(finding.name) is given two rules in \(text); give it one.")
      }
      policy = LabelPolicy(
        policy.rule, exceptions: policy.exceptions.merging([finding: rule]) { $1 })
    }
    self = isPropagated ? policy.propagatingNoFinding() : policy
  }

  /// The policy as it is typed: the shortest text that ``init(_:)`` reads as the same policy.
  public var description: String {
    let plain = LabelPolicy(rule, exceptions: exceptions)
    let suffix = isNoFindingPropagated ? Self.propagation : ""
    if let mix = Self.mixes.first(where: { $0.policy == plain }) { return mix.name + suffix }
    let terms = Finding.allCases.compactMap { finding in
      exceptions[finding].map { "\(finding.name)=\($0.rawValue)" }
    }
    return ([rule.rawValue] + terms).joined(separator: ",") + suffix
  }

  private static func exception(
    _ term: String
  ) throws(VocabularyError) -> (finding: Finding, rule: Rule) {
    guard let equals = term.firstIndex(of: "=") else {
      throw VocabularyError(
        .unknownWord,
        "'\(term)' is no exception; write FINDING=RULE, such as Edema=u-ones, after the first rule."
      )
    }
    let name = String(term[..<equals])
    guard let finding = Finding(name: name) else {
      throw VocabularyError(unknown: name, kind: "finding", known: Finding.allCases.map(\.name))
    }
    let word = String(term[term.index(after: equals)...])
    return (finding, try rule(word, among: Rule.allCases.map(\.rawValue)))
  }

  private static func rule(
    _ word: String, among known: [String]
  ) throws(VocabularyError) -> Rule {
    guard let rule = Rule(rawValue: word) else {
      throw VocabularyError(unknown: word, kind: "label policy", known: known)
    }
    return rule
  }
}

extension LabelPolicy: Codable {
  /// Reads the policy's text.
  ///
  /// - Parameter decoder: The decoder at the text.
  /// - Throws: `DecodingError` if there is no text; ``VocabularyError`` if it is no policy.
  public init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the policy's text.
  ///
  /// - Parameter encoder: The encoder to write to.
  /// - Throws: `EncodingError` if the encoder cannot take a text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
