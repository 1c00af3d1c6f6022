// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// What a model can tell of an image.
public enum JudgedAspect: Codable, Hashable, Sendable {
  /// The sex.
  case sex
  /// The race group, of those that the model knows.
  case race([Race])
  /// The age in years.
  case ageYears
  /// Whether there is a finding.
  case finding(Finding)
}
