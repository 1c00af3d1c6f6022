// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
public import CXRCore

/// What the parts of a split are to have in equal shares.
///
///     try Strata("findings,sex,age*race").description  // "findings,sex,age*race"
///
/// A radiograph has one label per positive finding and one each for sex, age bin, race and view;
/// what is not recorded is a label too, so that gaps in the data are shared out as well. An
/// intersection has the combinations of its attributes' labels.
public struct Strata: Hashable, Sendable, CustomStringConvertible {
  /// What a label is made of.
  public enum Attribute: String, CaseIterable, Sendable {
    /// The findings that are positive on the radiograph.
    case findings
    /// The recorded sex.
    case sex
    /// The age bin at the study.
    case age
    /// The recorded race group.
    case race
    /// The projection.
    case view
  }

  /// The attributes, intersections as several.
  public let terms: [[Attribute]]
  /// The age bins; younger patients have a label of their own.
  public let ageBins: AgeBins

  /// All five attributes, each by itself.
  public static let all = Strata(Attribute.allCases.map { [$0] }, ageBins: .standard)

  private init(_ terms: [[Attribute]], ageBins: AgeBins) {
    self.terms = terms
    self.ageBins = ageBins
  }

  /// Reads attributes as they are typed.
  ///
  /// - Parameters:
  ///   - text: Attributes with commas between them; an asterisk joins those of an intersection.
  ///   - ageBins: The age bins.
  /// - Throws: `VocabularyError` with code `.unknownWord` or `.repeatedName`.
  public init(_ text: String, ageBins: AgeBins = .standard) throws(VocabularyError) {
    var terms: [[Attribute]] = []
    for term in text.split(separator: ",", omittingEmptySubsequences: false) {
      var attributes: [Attribute] = []
      for word in term.split(separator: "*", omittingEmptySubsequences: false) {
        guard let attribute = Attribute(rawValue: String(word)) else {
          throw VocabularyError(
            unknown: String(word), kind: "attribute",
            known: Attribute.allCases.map(\.rawValue))
        }
        attributes.append(attribute)
      }
      guard Set(attributes).count == attributes.count, !terms.contains(attributes) else {
        throw VocabularyError(.repeatedName, "'\(term)' repeats an attribute; name each once.")
      }
      terms.append(attributes)
    }
    self.init(terms, ageBins: ageBins)
  }

  /// The attributes as they are typed.
  public var description: String {
    terms.map { $0.map(\.rawValue).joined(separator: "*") }.joined(separator: ",")
  }

  /// The labels of a radiograph.
  ///
  /// - Parameter radiograph: The radiograph.
  /// - Returns: The labels, each once.
  public func labels(of radiograph: SplitCandidate) -> [String] {
    terms.flatMap { attributes in
      attributes.reduce([""]) { combinations, attribute in
        let labels = labels(of: radiograph, by: attribute)
        return combinations.flatMap { first in
          labels.map { first.isEmpty ? $0 : "\(first), \($0)" }
        }
      }
    }
  }

  private func labels(of radiograph: SplitCandidate, by attribute: Attribute) -> [String] {
    switch attribute {
    case .findings: radiograph.positiveFindings.map(\.name)
    case .sex: ["sex " + (radiograph.sex?.rawValue ?? "unknown")]
    case .age: ["age " + ageName(radiograph.ageYears)]
    case .race: ["race " + (radiograph.race?.rawValue ?? "unknown")]
    case .view: ["view " + radiograph.view.rawValue]
    }
  }

  private func ageName(_ years: Double?) -> String {
    guard let years else { return "unknown" }
    return ageBins.name(forAge: years)
      ?? "below \(ageBins.names[0].prefix { $0 != "-" && $0 != "+" })"
  }
}
