// SPDX-License-Identifier: Apache-2.0
public import CXRCore
public import CXRText

/// What the radiographs of one dataset must meet to enter a cohort.
///
/// The rules are always applied in the order of the properties below, whatever the order in a file;
/// a radiograph counts for the first rule that removes it.
public struct CohortCriteria: Hashable, Sendable {
  /// Something that must be known of a radiograph.
  public enum Requirement: String, CaseIterable, Hashable, Sendable {
    /// The study that it belongs to.
    case study
    /// The patient's sex.
    case sex
    /// The patient's age at the study.
    case age
    /// The patient's race group.
    case race
    /// The section `impression` of the study's report.
    case impression
    /// The section `findings` of the study's report.
    case findings
  }

  /// One of a dataset's own attributes and the words that it may have.
  public struct AttributeCriterion: Hashable, Sendable {
    /// The name of the attribute, such as `pediatric`.
    public var name: String
    /// The dataset's own words that are let in.
    public var values: [String]

    /// Creates a criterion.
    ///
    /// - Parameters:
    ///   - name: The name of the attribute.
    ///   - values: The dataset's own words that are let in.
    public init(name: String, values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// A finding and the states that it may be in.
  public struct FindingCriterion: Hashable, Sendable {
    /// The finding.
    public var finding: Finding
    /// The states that are let in.
    public var states: [LabelState]

    /// Creates a criterion.
    ///
    /// - Parameters:
    ///   - finding: The finding.
    ///   - states: The states that are let in.
    public init(finding: Finding, states: [LabelState]) {
      self.finding = finding
      self.states = states
    }
  }

  /// A split and the parts of it that are let in.
  public struct SplitCriterion: Hashable, Sendable {
    /// The name of the split.
    public var name: String
    /// The names of the parts.
    public var parts: [String]

    /// Creates a criterion.
    ///
    /// - Parameters:
    ///   - name: The name of the split.
    ///   - parts: The names of the parts.
    public init(name: String, parts: [String]) {
      self.name = name
      self.parts = parts
    }
  }

  /// The views that are let in; empty for all.
  public var views: [View] = []
  /// Where the view may have been learned from; empty for anywhere.
  public var viewSources: [ViewSource] = []
  /// The part of a split that a radiograph must lie in.
  public var split: SplitCriterion?
  /// What the dataset must say in its own words, by name.
  public var attributes: [AttributeCriterion] = []
  /// What must be known.
  public var required: Set<Requirement> = []
  /// The sexes that are let in; empty for all, known or not.
  public var sexes: [Sex] = []
  /// The ages that are let in; an unknown age is not.
  public var ages: AgeLimits?
  /// The race groups that are let in; empty for all, known or not.
  public var races: [Race] = []
  /// The rule by which the impression must describe something; `nil` asks for nothing.
  public var impressionRule: DescriptiveImpressionRule?
  /// Findings that must be in certain states.
  public var having: [FindingCriterion] = []
  /// Which radiograph of a patient or a study is taken when one only is wanted.
  public var choice: RadiographChoice?

  /// Creates criteria that let every radiograph in.
  public init() {}

  func validate(dataset: String) throws(CohortError) {
    if let parts = split?.parts, parts.isEmpty {
      throw CohortError(
        .invalidDefinition, "\(dataset): split names no part; name one, such as part: test.")
    }
    for criterion in attributes where criterion.values.isEmpty {
      throw CohortError(
        .invalidDefinition, "\(dataset): attribute \(criterion.name) has no value; give one.")
    }
    let findings = having.map(\.finding)
    for (index, finding) in findings.enumerated() where findings[..<index].contains(finding) {
      throw CohortError(
        .invalidDefinition,
        "\(dataset): having names \(finding.name) twice; give it one list of states.")
    }
    for criterion in having where criterion.states.isEmpty {
      throw CohortError(
        .invalidDefinition,
        "\(dataset): having \(criterion.finding.name) names no state; name one, such as negative.")
    }
  }

  /// The same criteria with every list in one order, so that equal criteria compare equal.
  var normalized: CohortCriteria {
    var criteria = self
    criteria.views = View.allCases.filter(views.contains)
    criteria.viewSources = ViewSource.allCases.filter(viewSources.contains)
    criteria.split?.parts.sort()
    criteria.attributes = attributes.sorted { $0.name < $1.name }
      .map { AttributeCriterion(name: $0.name, values: $0.values.sorted()) }
    criteria.sexes = Sex.allCases.filter(sexes.contains)
    criteria.races = Race.allCases.filter(races.contains)
    criteria.having = having.sorted { $0.finding.name < $1.finding.name }.map { criterion in
      FindingCriterion(
        finding: criterion.finding, states: LabelState.allCases.filter(criterion.states.contains))
    }
    return criteria
  }
}
