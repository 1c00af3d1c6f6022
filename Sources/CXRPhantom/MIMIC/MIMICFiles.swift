// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles

/// The files of a simulated MIMIC-CXR folder while they are written.
struct MIMICFiles {
  private let metadata: TableFile
  private let split: TableFile
  private let chexpert: TableFile
  private let negbio: TableFile
  private let handLabels: TableFile
  private let records: TableFile
  private let studies: TableFile
  private let imageNames: OutputFile
  private let reports: ReportOutput
  private let patients: TableFile
  private let admissions: TableFile
  private let layout: PhantomLayout.MIMICIV

  init(folder: String, layout: PhantomLayout) throws(FileError) {
    let labels = ["subject_id", "study_id"] + Finding.allCases.map(\.name)
    metadata = try TableFile(
      "\(folder)/mimic-cxr-2.0.0-metadata.csv.gz",
      header: [
        "dicom_id", "subject_id", "study_id", "PerformedProcedureStepDescription", "ViewPosition",
        "Rows", "Columns", "StudyDate", "StudyTime", "ProcedureCodeSequence_CodeMeaning",
        "ViewCodeSequence_CodeMeaning", "PatientOrientationCodeSequence_CodeMeaning",
      ])
    split = try TableFile(
      "\(folder)/mimic-cxr-2.0.0-split.csv.gz",
      header: ["dicom_id", "study_id", "subject_id", "split"])
    chexpert = try TableFile("\(folder)/mimic-cxr-2.0.0-chexpert.csv.gz", header: labels)
    negbio = try TableFile("\(folder)/mimic-cxr-2.0.0-negbio.csv.gz", header: labels)
    handLabels = try TableFile(
      "\(folder)/mimic-cxr-2.1.0-test-set-labeled.csv",
      header: ["study_id"]
        + Finding.allCases.map { $0 == .lungOpacity ? "Airspace Opacity" : $0.name })
    records = try TableFile(
      "\(folder)/cxr-record-list.csv.gz", header: ["subject_id", "study_id", "dicom_id", "path"])
    studies = try TableFile(
      "\(folder)/cxr-study-list.csv.gz", header: ["subject_id", "study_id", "path"])
    imageNames = try OutputFile(path: "\(folder)/IMAGE_FILENAMES", compression: .none)
    reports = try ReportOutput(folder: folder, layout: layout.reports)
    self.layout = layout.mimicIV
    let tables = "\(folder)/mimic-iv/" + (layout.mimicIV == .hosp ? "hosp" : "core")
    try makeFolder(tables)
    patients = try TableFile(
      "\(tables)/patients.csv.gz",
      header: ["subject_id", "gender", "anchor_age", "anchor_year", "anchor_year_group", "dod"])
    admissions = try TableFile(
      "\(tables)/admissions.csv.gz", header: Self.admissionHeader(layout.mimicIV))
  }

  private static func admissionHeader(_ layout: PhantomLayout.MIMICIV) -> [String] {
    ["subject_id", "hadm_id", "admittime", "dischtime", "deathtime", "admission_type"]
      + (layout == .hosp ? ["admit_provider_id"] : [])
      + ["admission_location", "discharge_location", "insurance", "language", "marital_status"]
      + [layout == .hosp ? "race" : "ethnicity"]
      + ["edregtime", "edouttime", "hospital_expire_flag"]
  }

  /// Appends a patient's rows of MIMIC-IV, if it knows them.
  func append(_ patient: MIMICPatient) throws(FileError) {
    guard !patient.quirks.contains(.patientNotInMIMICIV) else { return }
    let subject = String(patient.subjectID)
    try patients.append([
      subject, patient.person.sex.rawValue, String(patient.anchorAge), String(patient.anchorYear),
      patient.anchorYearGroup, "",
    ])
    for admission in patient.admissions {
      let day = admission.day.hyphenated
      let leaving = PlainDate(dayNumber: admission.day.dayNumber + 4).hyphenated
      let provider = "P" + (admission.identifier % 100).padded(to: 2) + "XA1"
      try admissions.append(
        [subject, String(admission.identifier), "\(day) 18:25:00", "\(leaving) 13:00:00", ""]
          + ["EW EMER."] + (layout == .hosp ? [provider] : [])
          + ["EMERGENCY ROOM", "HOME", "Other", "ENGLISH", "MARRIED", admission.raceText]
          + ["\(day) 12:10:00", "\(day) 19:02:00", "0"])
    }
  }

  /// Appends a study's rows, paths and report.
  func append(
    _ study: MIMICStudy, of patient: MIMICPatient, report: MIMICReport
  ) throws(FileError) {
    let (subject, studyID) = (String(patient.subjectID), String(study.studyID))
    let path = "\(patient.folder)/s\(studyID)"
    if !study.quirks.contains(.studyWithoutLabels) {
      let columns = Finding.allCases
      try chexpert.append([subject, studyID] + study.findings.cells(columns))
      try negbio.append([subject, studyID] + study.negbioFindings.cells(columns))
      if study.isHandLabelled {
        try handLabels.append([studyID] + study.negbioFindings.cells(columns))
      }
    }
    try studies.append([subject, studyID, "\(path).txt"])
    try reports.append(report.text, path: "\(path).txt")
    let procedure = study.isPortable ? "CHEST (PORTABLE AP)" : "CHEST (PA AND LAT)"
    for radiograph in study.radiographs {
      let identifiers = [radiograph.dicomID, subject, studyID]
      try metadata.append(
        identifiers + [
          procedure, radiograph.viewPosition, String(radiograph.rows), String(radiograph.columns),
          study.day.compact, study.time, procedure, radiograph.viewCode,
          study.isPortable ? "" : "Erect",
        ])
      try split.append([radiograph.dicomID, studyID, subject, patient.part.rawValue])
      try records.append([
        subject, studyID, radiograph.dicomID, "\(path)/\(radiograph.dicomID).dcm",
      ])
      try imageNames.write(Array("\(path)/\(radiograph.dicomID).jpg\n".utf8))
    }
  }

  func finish() throws(FileError) {
    for table in [
      metadata, split, chexpert, negbio, handLabels, records, studies, patients, admissions,
    ] { try table.finish() }
    try imageNames.finish()
    try reports.finish()
  }
}
