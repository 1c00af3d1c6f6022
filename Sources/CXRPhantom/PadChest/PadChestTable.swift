// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles

/// The table of a simulated PadChest folder while it is written.
struct PadChestTable {
  private let table: TableFile

  private static let header = [
    "", "ImageID", "ImageDir", "StudyDate_DICOM", "StudyID", "PatientID", "PatientBirth",
    "PatientSex_DICOM", "ViewPosition_DICOM", "Projection", "MethodProjection", "Pediatric",
    "Modality_DICOM", "Manufacturer_DICOM", "PhotometricInterpretation_DICOM",
    "PixelRepresentation_DICOM", "PixelAspectRatio_DICOM", "SpatialResolution_DICOM",
    "BitsStored_DICOM", "WindowCenter_DICOM", "WindowWidth_DICOM", "Rows_DICOM", "Columns_DICOM",
    "XRayTubeCurrent_DICOM", "Exposure_DICOM", "ExposureInuAs_DICOM", "ExposureTime",
    "RelativeXRayExposure_DICOM", "ReportID", "Report", "MethodLabel", "Labels", "Localizations",
    "LabelsLocalizationsBySentence", "labelCUIS", "LocalizationsCUIS",
  ]

  init(folder: String) throws(FileError) {
    table = try TableFile(
      "\(folder)/PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv", header: Self.header)
  }

  func append(
    _ image: PadChestImage, of study: PadChestStudy, patient: PadChestPatient,
    cells: PadChestLabelCells, row: Int
  ) throws(FileError) {
    let identity = [
      String(row), image.imageID, image.folder, study.day.compact, study.studyID,
      patient.patientID, patient.birthText, patient.sexText, image.viewPosition, image.projection,
      image.projection == "L" ? "resnet-50.t7" : "Manual review of DICOM fields",
      patient.quirks.contains(.pediatric) ? "PED" : "No",
    ]
    let acquisition = [
      "DX", "ImagingDynamicsCompanyLtd", "MONOCHROME2", "0", "['1', '1']", "0.143", "12",
      image.window.center, image.window.width, String(image.size.rows),
      String(image.size.columns), image.tubeCurrent, "5", "5000", "10", "-1.42",
    ]
    let reading = [
      String(4_000_000 + patient.number * 100 + study.number), cells.report, cells.method,
      cells.labels, cells.localizations, cells.bySentence, cells.concepts,
      cells.localizationConcepts,
    ]
    try table.append(identity + acquisition + reading)
  }

  func finish() throws(FileError) { try table.finish() }
}
