// SPDX-License-Identifier: Apache-2.0

/// What is counted when shares are balanced; patients stay whole either way.
public enum BalanceUnit: String, CaseIterable, Codable, Sendable {
  /// A patient counts with the number of radiographs, and for a label with those that have it.
  case images
  /// A patient counts once, and once for every label that any of the radiographs has.
  case patients
}
