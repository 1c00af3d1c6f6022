// SPDX-License-Identifier: Apache-2.0

/// How the five label states become a positive, a negative, or no evaluation target.
///
/// A policy is chosen at use and never stored with the labels.
public enum LabelPolicy: String, CaseIterable, Codable, Hashable, Sendable {
  /// Uncertain and unmentioned count as negative.
  case uZeros = "u-zeros"
  /// Uncertain counts as positive, unmentioned as negative.
  case uOnes = "u-ones"
  /// Uncertain radiographs are left out for that finding; unmentioned counts as negative.
  case uIgnore = "u-ignore"
  /// Uncertain and unmentioned radiographs are both left out for that finding.
  case explicitOnly = "explicit-only"

  /// Returns whether a radiograph counts as positive under the policy.
  ///
  /// - Parameter state: What the dataset says of the finding.
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
