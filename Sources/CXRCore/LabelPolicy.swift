// SPDX-License-Identifier: Apache-2.0

/// How label states become a positive, a negative, or no evaluation target.
///
///     let policy = try LabelPolicy("u-ignore,Edema=u-ones")
///     policy.target(for: .uncertain, of: .edema, noFinding: .unmentioned)  // true
///
/// A policy is chosen at use and never stored with the labels. It has a rule, findings that follow
/// another rule, and may let No Finding speak for what is not mentioned beside it.
///
/// - SeeAlso: Irvin et al., *AAAI* 2019, <https://doi.org/10.1609/aaai.v33i01.3301590>.
public struct LabelPolicy: Hashable, Sendable {
  /// What the states of one label count as.
  public enum Rule: String, CaseIterable, Sendable {
    /// Uncertain and unmentioned count as negative.
    case uZeros = "u-zeros"
    /// Uncertain counts as positive, unmentioned as negative.
    case uOnes = "u-ones"
    /// Uncertain radiographs are left out for that label; unmentioned counts as negative.
    case uIgnore = "u-ignore"
    /// Uncertain and unmentioned radiographs are both left out for that label.
    case explicitOnly = "explicit-only"
  }

  /// The rule of every label that has none of its own, native labels included.
  public let rule: Rule
  /// The findings that follow another rule.
  public let exceptions: [Finding: Rule]
  /// Whether No Finding makes the pathologies that are not mentioned beside it negative.
  ///
  /// It then says so of all findings but Support Devices, which the label does not speak of. What is
  /// positive, uncertain or not annotated stays so. Only rules that leave unmentioned findings out
  /// are changed by it.
  public let isNoFindingPropagated: Bool

  /// Creates a policy.
  ///
  /// - Parameters:
  ///   - rule: The rule of every label that has none of its own.
  ///   - exceptions: The findings that follow another rule.
  public init(_ rule: Rule, exceptions: [Finding: Rule] = [:]) {
    self.init(rule, exceptions: exceptions, isNoFindingPropagated: false)
  }

  private init(_ rule: Rule, exceptions: [Finding: Rule], isNoFindingPropagated: Bool) {
    self.rule = rule
    self.exceptions = exceptions.filter { $0.value != rule }
    self.isNoFindingPropagated = isNoFindingPropagated
  }

  /// Uncertain and unmentioned count as negative.
  public static let uZeros = LabelPolicy(.uZeros)
  /// Uncertain counts as positive, unmentioned as negative.
  public static let uOnes = LabelPolicy(.uOnes)
  /// Uncertain radiographs are left out; unmentioned counts as negative.
  public static let uIgnore = LabelPolicy(.uIgnore)
  /// Uncertain and unmentioned radiographs are both left out.
  public static let explicitOnly = LabelPolicy(.explicitOnly)
  /// The mix in common use for the five labels of the CheXpert competition; of other findings,
  /// uncertain ones are left out.
  public static let competitionFive = LabelPolicy(
    .uIgnore,
    exceptions: [
      .atelectasis: .uOnes, .edema: .uOnes, .pleuralEffusion: .uOnes,
      .cardiomegaly: .uZeros, .consolidation: .uZeros,
    ])

  /// Returns the policy with No Finding speaking for the pathologies not mentioned beside it.
  ///
  /// - Returns: The policy, otherwise the same.
  public func propagatingNoFinding() -> LabelPolicy {
    LabelPolicy(rule, exceptions: exceptions, isNoFindingPropagated: true)
  }

  /// Returns whether a radiograph counts as positive under the policy.
  ///
  /// - Parameters:
  ///   - state: What the dataset says of the label.
  ///   - finding: The finding that the label is, or `nil` for one of the dataset's own labels.
  ///   - noFinding: What the dataset says of No Finding on the same radiograph.
  /// - Returns: `true` for positive, `false` for negative, `nil` when the radiograph is left out.
  public func target(
    for state: LabelState, of finding: Finding?, noFinding: LabelState
  ) -> Bool? {
    if isNoFindingPropagated, state == .unmentioned, noFinding == .positive, let finding,
      finding != .noFinding, finding != .supportDevices
    {
      return false
    }
    return (finding.flatMap { exceptions[$0] } ?? rule).target(for: state)
  }
}

extension LabelPolicy.Rule {
  /// Returns whether a state counts as positive under the rule.
  ///
  /// - Parameter state: What the dataset says of the label.
  /// - Returns: `true` for positive, `false` for negative, `nil` when the radiograph is left out.
  public func target(for state: LabelState) -> Bool? {
    switch (state, self) {
    case (.positive, _): true
    case (.negative, _): false
    case (.unannotated, _): nil
    case (.uncertain, .uZeros): false
    case (.uncertain, .uOnes): true
    case (.uncertain, .uIgnore), (.uncertain, .explicitOnly): nil
    case (.unmentioned, .explicitOnly): nil
    case (.unmentioned, _): false
    }
  }
}
