// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// A radiograph as an ingester hands it to the catalog.
public struct RadiographRecord: Hashable, Sendable {
  /// The name that identifies the image within its dataset, such as a file name.
  public var imageName: String
  /// The patient, as an index into ``DatasetContent/patients``.
  public var patientIndex: Int
  /// The study's identifier, where the dataset has studies.
  public var studyKey: String?
  /// The path of the image below the dataset's folder, where it is known.
  public var relativePath: String?
  /// The projection.
  public var view: View
  /// Where the projection was learned from.
  public var viewSource: ViewSource
  /// The dataset's own word for the projection.
  public var nativeView: String?
  /// The age at the study in years.
  public var ageYears: Double?
  /// Whether the dataset gives one age to all who are older.
  public var ageIsTopCoded = false
  /// The age that the dataset itself records, where ``ageYears`` was derived from more than that.
  public var recordedAgeYears: Double?
  /// When the radiograph was taken, in ISO 8601, as far as it is known: `2180-05-06T08:05:56`.
  public var acquiredAt: String?
  /// The dataset's number of the visit.
  public var followUpNumber: Int?
  /// The width of the original image.
  public var widthPixels: Int?
  /// The height of the original image.
  public var heightPixels: Int?
  /// The size of an original pixel along the width, in millimetres.
  public var pixelSpacingXMM: Double?
  /// The size of an original pixel along the height, in millimetres.
  public var pixelSpacingYMM: Double?
  /// The states of the 14 findings.
  public var findings: FindingStates
  /// The dataset's own labels, as indices into ``DatasetContent/nativeLabels``.
  public var nativeLabels: [Int]
  /// What else the dataset says that a cohort may ask for, such as `pediatric`.
  public var attributes: [RadiographAttribute] = []

  /// Creates a radiograph of which nothing further is known.
  ///
  /// - Parameters:
  ///   - imageName: The name that identifies the image within its dataset.
  ///   - patientIndex: The patient, as an index into ``DatasetContent/patients``.
  ///   - view: The projection.
  ///   - viewSource: Where the projection was learned from.
  ///   - findings: The states of the 14 findings.
  ///   - nativeLabels: The dataset's own labels, as indices into ``DatasetContent/nativeLabels``.
  public init(
    imageName: String, patientIndex: Int, view: View, viewSource: ViewSource = .declared,
    findings: FindingStates, nativeLabels: [Int] = []
  ) {
    self.imageName = imageName
    self.patientIndex = patientIndex
    self.view = view
    self.viewSource = viewSource
    self.findings = findings
    self.nativeLabels = nativeLabels
  }
}
