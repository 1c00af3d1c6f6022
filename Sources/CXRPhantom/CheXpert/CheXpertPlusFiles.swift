// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles

/// The files of a simulated CheXpert Plus folder while they are written.
struct CheXpertPlusFiles {
  private let table: TableFile
  private let findingsLabels: OutputFile
  private let impressionLabels: OutputFile
  private let reportLabels: OutputFile

  private static let header = [
    "path_to_image", "path_to_dcm", "frontal_lateral", "ap_pa", "deid_patient_id",
    "patient_report_date_order", "report", "section_narrative", "section_clinical_history",
    "section_history", "section_comparison", "section_technique", "section_procedure_comments",
    "section_findings", "section_impression", "section_end_of_impression", "section_summary",
    "section_accession_number", "age", "sex", "race", "ethnicity", "interpreter_needed",
    "insurance_type", "recent_bmi", "deceased", "split",
  ]

  init(folder: String) throws(FileError) {
    let labels = "\(folder)/chexbert_labels"
    try makeFolder(labels)
    table = try TableFile("\(folder)/df_chexpert_plus_240401.csv", header: Self.header)
    findingsLabels = try OutputFile(path: "\(labels)/findings_fixed.json", compression: .none)
    impressionLabels = try OutputFile(path: "\(labels)/impression_fixed.json", compression: .none)
    reportLabels = try OutputFile(path: "\(labels)/report_fixed.json", compression: .none)
  }

  /// Appends a radiograph's row and its three lines of labels.
  func append(
    _ radiograph: CheXpertStudy.Radiograph, _ study: CheXpertStudy, _ patient: CheXpertPatient,
    report: CheXpertPlusReport, findings: StudyFindings, hasDICOM: Bool
  ) throws(FileError) {
    let isKnown = !patient.quirks.contains(.notInDemographics)
    // The accession numbers repeat: they are no key of the study.
    let accession = String(patient.number % 7)
    let age = String(Double(patient.age(atStudy: study.number)))
    let image = [
      radiograph.path, hasDICOM ? radiograph.path.dropLast(3) + "dcm" : "",
      radiograph.isFrontal ? "Frontal" : "Lateral", radiograph.projection, patient.name,
      String(study.number),
    ]
    let sections = [
      report.text, report.narrative, report.clinicalHistory, "", report.comparison, "", "",
      report.findings, report.impression, "", "", accession,
    ]
    let demographics = [
      age, patient.sexText, isKnown ? patient.race.race : "",
      isKnown ? patient.race.ethnicity : "", "No", "Medicare", "", "No", patient.part.rawValue,
    ]
    try table.append(image + sections + demographics)
    var degenerate = StudyFindings(allAre: .unmentioned)
    degenerate[.noFinding] = .positive
    try findingsLabels.write(
      Self.line(radiograph.path, report.findings.isEmpty ? degenerate : findings))
    try impressionLabels.write(Self.line(radiograph.path, findings))
    // The whole report also names what the history suspects.
    var withHistory = findings
    if report.clinicalHistory.contains("Fever"), withHistory[.pneumonia] == .unmentioned {
      withHistory[.pneumonia] = .uncertain
    }
    try reportLabels.write(Self.line(radiograph.path, withHistory))
  }

  private static func line(_ path: String, _ findings: StudyFindings) -> [UInt8] {
    let cells = findings.cells(Finding.chexpertOrder, blank: "null")
    let members = zip(Finding.chexpertOrder, cells).map { "\"\($0.name)\": \($1)" }
    return Array(
      "{\"path_to_image\": \"\(path)\", \(members.joined(separator: ", "))}\n".utf8)
  }

  func finish() throws(FileError) {
    try table.finish()
    for labels in [findingsLabels, impressionLabels, reportLabels] { try labels.finish() }
  }
}
