// SPDX-License-Identifier: Apache-2.0

/// What a mean over labels does with a label whose statistic is undefined.
public enum MacroPolicy: String, CaseIterable, Codable, Sendable {
  /// Averages the labels that are defined in everything that is compared; the default for gaps.
  case commonLabels = "common-labels"
  /// Averages whatever is defined, in each resample anew.
  case definedLabels = "defined-labels"
  /// Is undefined unless every label is defined.
  case requireAll = "require-all"
  /// Counts an undefined label as 0, as torchmetrics 1.7 does.
  case zero
}
