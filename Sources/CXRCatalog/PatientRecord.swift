// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// A patient as an ingester hands it to the catalog.
public struct PatientRecord: Hashable, Sendable {
  /// The patient's identifier in the dataset, as text.
  public let patientKey: String
  /// The recorded sex.
  public var sex: Sex?
  /// The recorded race group.
  public var race: Race?
  /// The dataset's own word for the sex, where it is none of the two.
  public var nativeSex: String?
  /// The dataset's own words for race and ethnicity.
  public var nativeRace: String?

  /// Creates a patient.
  ///
  /// - Parameters:
  ///   - patientKey: The patient's identifier in the dataset, as text.
  ///   - sex: The recorded sex.
  ///   - race: The recorded race group.
  public init(patientKey: String, sex: Sex?, race: Race? = nil) {
    self.patientKey = patientKey
    self.sex = sex
    self.race = race
  }
}
