// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
public import CXRCore

/// What an image is to show: what its prompt asks for, or what is recorded of a real radiograph.
public struct ScoreTarget: Hashable, Sendable {
  /// The sex.
  public var sex: Sex?
  /// The race group.
  public var race: Race?
  /// The age in years.
  public var ageYears: Double?
  /// The states of the 14 findings.
  public var findings: FindingStates

  /// Creates a target.
  ///
  /// - Parameters:
  ///   - sex: The sex; `nil` if it is not stated.
  ///   - race: The race group; `nil` if it is not stated.
  ///   - ageYears: The age in years; `nil` if it is not stated.
  ///   - findings: The states of the 14 findings.
  public init(sex: Sex?, race: Race?, ageYears: Double?, findings: FindingStates) {
    self.sex = sex
    self.race = race
    self.ageYears = ageYears
    self.findings = findings
  }
}
