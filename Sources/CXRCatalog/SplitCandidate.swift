// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// What a division into parts may look at of one radiograph.
public struct SplitCandidate: Hashable, Sendable {
  /// The name of the image.
  public let imageName: String
  /// The patient's identifier in the dataset.
  public let patientKey: String
  /// The recorded sex.
  public let sex: Sex?
  /// The recorded race group.
  public let race: Race?
  /// The age at the study in years.
  public let ageYears: Double?
  /// The projection.
  public let view: View
  /// The findings that are said to be present.
  public let positiveFindings: [Finding]
  /// The part of the dataset's own split, where it has one.
  public let officialPart: String?
  /// What the radiograph shares with those that were marked as its duplicates, if any.
  public let pixelDigest: String?

  /// Creates a candidate.
  ///
  /// - Parameters:
  ///   - imageName: The name of the image.
  ///   - patientKey: The patient's identifier in the dataset.
  ///   - sex: The recorded sex.
  ///   - race: The recorded race group.
  ///   - ageYears: The age at the study in years.
  ///   - view: The projection.
  ///   - positiveFindings: The findings that are said to be present.
  ///   - officialPart: The part of the dataset's own split, where it has one.
  ///   - pixelDigest: What the radiograph shares with its duplicates, if there are any.
  public init(
    imageName: String, patientKey: String, sex: Sex? = nil, race: Race? = nil,
    ageYears: Double? = nil, view: View = .unknown, positiveFindings: [Finding] = [],
    officialPart: String? = nil, pixelDigest: String? = nil
  ) {
    self.imageName = imageName
    self.patientKey = patientKey
    self.sex = sex
    self.race = race
    self.ageYears = ageYears
    self.view = view
    self.positiveFindings = positiveFindings
    self.officialPart = officialPart
    self.pixelDigest = pixelDigest
  }
}
