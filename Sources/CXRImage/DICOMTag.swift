// SPDX-License-Identifier: Apache-2.0

/// An element of a DICOM header; the raw value is the keyword that the standard gives it.
///
/// - SeeAlso: DICOM PS3.6, <https://dicom.nema.org/medical/dicom/current/output/html/part06.html>.
public enum DICOMTag: String, CaseIterable, Sendable {
  /// How the data set is encoded.
  case transferSyntaxUID = "TransferSyntaxUID"
  /// The identity of the image.
  case sopInstanceUID = "SOPInstanceUID"
  /// The day on which the study began, `YYYYMMDD`.
  case studyDate = "StudyDate"
  /// The identity of the patient.
  case patientID = "PatientID"
  /// The sex of the patient: `M`, `F` or `O`.
  case patientSex = "PatientSex"
  /// The age of the patient: three digits and `D`, `W`, `M` or `Y`.
  case patientAge = "PatientAge"
  /// The height of the patient, in metres.
  case patientSize = "PatientSize"
  /// The weight of the patient, in kilograms.
  case patientWeight = "PatientWeight"
  /// What the device did to the image, such as `CHEST, PA`.
  case acquisitionDeviceProcessingDescription = "AcquisitionDeviceProcessingDescription"
  /// The view, such as `PA`.
  case viewPosition = "ViewPosition"
  /// What pixel values mean, such as `MONOCHROME2`.
  case photometricInterpretation = "PhotometricInterpretation"
  /// The height of the image, in pixels.
  case rows = "Rows"
  /// The width of the image, in pixels.
  case columns = "Columns"
  /// The distances between rows and between columns, in millimetres, separated by a backslash.
  case pixelSpacing = "PixelSpacing"
  /// The bits that a stored pixel takes up.
  case bitsAllocated = "BitsAllocated"
  /// The bits of a pixel that carry its value.
  case bitsStored = "BitsStored"
  /// The number of the highest bit that carries the value.
  case highBit = "HighBit"
  /// Whether pixel values are unsigned, `0`, or signed, `1`.
  case pixelRepresentation = "PixelRepresentation"
  /// The centre of the display window, in rescaled units; several are separated by backslashes.
  case windowCenter = "WindowCenter"
  /// The width of the display window, in rescaled units; several are separated by backslashes.
  case windowWidth = "WindowWidth"
  /// What is added after the slope was applied.
  case rescaleIntercept = "RescaleIntercept"
  /// What stored values are multiplied by.
  case rescaleSlope = "RescaleSlope"

  /// The keyword, such as `PatientSex`.
  public var keyword: String { rawValue }

  /// The group in the upper 16 bits, the element in the lower 16.
  public var number: UInt32 {
    switch self {
    case .transferSyntaxUID: 0x0002_0010
    case .sopInstanceUID: 0x0008_0018
    case .studyDate: 0x0008_0020
    case .patientID: 0x0010_0020
    case .patientSex: 0x0010_0040
    case .patientAge: 0x0010_1010
    case .patientSize: 0x0010_1020
    case .patientWeight: 0x0010_1030
    case .acquisitionDeviceProcessingDescription: 0x0018_1400
    case .viewPosition: 0x0018_5101
    case .photometricInterpretation: 0x0028_0004
    case .rows: 0x0028_0010
    case .columns: 0x0028_0011
    case .pixelSpacing: 0x0028_0030
    case .bitsAllocated: 0x0028_0100
    case .bitsStored: 0x0028_0101
    case .highBit: 0x0028_0102
    case .pixelRepresentation: 0x0028_0103
    case .windowCenter: 0x0028_1050
    case .windowWidth: 0x0028_1051
    case .rescaleIntercept: 0x0028_1052
    case .rescaleSlope: 0x0028_1053
    }
  }
}
