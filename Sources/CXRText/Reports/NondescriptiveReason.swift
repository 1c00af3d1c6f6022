// SPDX-License-Identifier: Apache-2.0

/// Why an impression does not describe a radiograph.
public enum NondescriptiveReason: String, CaseIterable, Codable, Hashable, Sendable {
  /// There is none, or it says that there is none.
  case missing
  /// It has too few words or letters.
  case tooShort
  /// Nothing but redactions is left.
  case redactedOnly
  /// It points to another text: "As above.", "See findings."
  case asAbove
  /// It says that something did or did not change, not what: "Stable.", "No interval change."
  case unchangedOnly
  /// The same with another study named: "No change compared to prior."
  case comparisonOnly
}
