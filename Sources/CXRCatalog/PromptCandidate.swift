// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// A radiograph with what a prompt may say of it.
public struct PromptCandidate: Sendable {
  /// The id of the radiograph in the catalog.
  public var radiographID: Int64
  /// The name of its dataset.
  public var dataset: String
  /// The name of the image within its dataset.
  public var imageName: String
  /// The recorded sex.
  public var sex: Sex?
  /// The recorded race group.
  public var race: Race?
  /// The age at the study in years.
  public var ageYears: Double?
  /// The projection.
  public var view: View
  /// The states of the 14 findings.
  public var findings: FindingStates
  /// The texts of the sections that were asked for, in that order.
  public var sections: [String?]

  /// Creates a candidate.
  ///
  /// - Parameters:
  ///   - radiographID: The id of the radiograph in the catalog.
  ///   - dataset: The name of its dataset.
  ///   - imageName: The name of the image within its dataset.
  ///   - sex: The recorded sex.
  ///   - race: The recorded race group.
  ///   - ageYears: The age at the study in years.
  ///   - view: The projection.
  ///   - findings: The states of the 14 findings.
  ///   - sections: The texts of the sections that were asked for, in that order.
  public init(
    radiographID: Int64, dataset: String, imageName: String, sex: Sex?, race: Race?,
    ageYears: Double?, view: View, findings: FindingStates, sections: [String?]
  ) {
    self.radiographID = radiographID
    self.dataset = dataset
    self.imageName = imageName
    self.sex = sex
    self.race = race
    self.ageYears = ageYears
    self.view = view
    self.findings = findings
    self.sections = sections
  }
}
