// SPDX-License-Identifier: Apache-2.0

/// The quirks of MIMIC-CXR, of MIMIC-IV's patients and of the reports.
enum MIMICQuirk: PlantedQuirk {
  // Radiographs.
  case viewPositionBlank
  case viewCodeUsed
  case viewCodeCapitalised
  case viewUnknown
  case viewLL
  case viewPADecubitus
  case viewPARightDecubitus
  case viewLAO
  case viewRAO
  case viewAPAxial
  case viewAPDecubitus
  case viewAPRightDecubitus
  case viewCrossTableLateral
  case viewSwimmers
  case viewLPO
  case studyTimeShort
  case radiographTwice
  // Studies.
  case studyWithoutLabels
  case labelsAllBlank
  case negbioDiffers
  case handLabelled
  case reportOnlyFindings
  case reportOnlyLastParagraph
  case reportOnlyImpression
  case reportWithNeither
  case impressionRepeated
  case impressionAsAbove
  case impressionUnchanged
  case addendum
  // Patients.
  case ageTopCoded
  case studyBeforeAnchorYear
  case ageNegative
  case patientNotInMIMICIV
  case patientWithoutAdmission
  case racesConflict
  case raceBesideUnknown
  case raceOutsideGroups
  case patientWithoutRadiograph
  case fileNameOfEarlierRelease

  var share: Double? {
    switch self {
    case .viewCodeUsed: 0.0235
    case .viewCodeCapitalised: 0.0017
    case .viewUnknown: 0.0168
    case .viewPADecubitus, .viewLAO, .viewRAO: 1e-5
    case .viewPARightDecubitus, .viewAPAxial, .viewAPDecubitus, .viewAPRightDecubitus: 5e-6
    case .viewCrossTableLateral, .viewSwimmers, .viewLPO: 5e-6
    case .radiographTwice: 0.0005
    case .studyWithoutLabels: 3.5e-5
    // Beside the exemplar, what the labeller finds nothing in.
    case .labelsAllBlank: 0
    case .negbioDiffers: 0.08
    case .reportOnlyFindings: 0.1215
    case .reportOnlyLastParagraph: 0.0462
    case .reportOnlyImpression: 0.20
    case .impressionRepeated: 0.004
    case .impressionAsAbove: 0.006
    case .impressionUnchanged: 0.012
    case .addendum: 0.01
    case .ageTopCoded: 0.02
    case .studyBeforeAnchorYear: 0.08
    case .ageNegative: 0.0002
    case .patientNotInMIMICIV: 0.02
    case .patientWithoutAdmission: 0.12
    case .racesConflict: 0.012
    case .raceBesideUnknown: 0.07
    default: nil
    }
  }

  var summary: String {
    switch self {
    case .viewPositionBlank: "radiographs without a ViewPosition"
    case .viewCodeUsed:
      "radiographs whose view only ViewCodeSequence_CodeMeaning says, in small letters"
    case .viewCodeCapitalised:
      "radiographs whose view only ViewCodeSequence_CodeMeaning says, with a capital"
    case .viewUnknown: "radiographs with neither ViewPosition nor view code"
    case .viewLL: "laterals named LL instead of LATERAL"
    case .viewPADecubitus: "views PA LLD: decubitus, no PA"
    case .viewPARightDecubitus: "views PA RLD: decubitus, no PA"
    case .viewLAO: "views LAO"
    case .viewRAO: "views RAO"
    case .viewAPAxial: "views AP AXIAL"
    case .viewAPDecubitus: "views AP LLD"
    case .viewAPRightDecubitus: "views AP RLD"
    case .viewCrossTableLateral: "views XTABLE LATERAL"
    case .viewSwimmers: "views SWIMMERS"
    case .viewLPO: "views LPO"
    case .studyTimeShort: "study times before ten o'clock, whose leading zero is lost"
    case .radiographTwice: "radiographs under a second identifier in the same study"
    case .studyWithoutLabels: "studies without a row in the label tables"
    case .labelsAllBlank: "studies whose row in the CheXpert label table is blank throughout"
    case .negbioDiffers: "studies that the NegBio table labels differently"
    case .handLabelled: "studies in the hand-labelled test set, which names no patient"
    case .reportOnlyFindings: "reports with findings but no impression"
    case .reportOnlyLastParagraph: "reports whose last paragraph has no header"
    case .reportOnlyImpression: "reports with an impression but no findings"
    case .reportWithNeither: "reports with neither findings nor impression"
    case .impressionRepeated: "reports with two impressions, of which the last one counts"
    case .impressionAsAbove: "impressions that only say `as above`"
    case .impressionUnchanged: "impressions that only compare with an earlier study"
    case .addendum: "reports with an addendum behind a rule of underscores"
    case .ageTopCoded: "patients whose anchor age is 91, which stands for 90 and above"
    case .studyBeforeAnchorYear: "studies before the patient's anchor year"
    case .ageNegative: "studies at which the computed age is negative, hence unknown"
    case .patientNotInMIMICIV: "patients who are not in MIMIC-IV"
    case .patientWithoutAdmission: "patients of MIMIC-IV without an admission, hence without race"
    case .racesConflict: "patients whose admissions name two race groups, hence without race"
    case .raceBesideUnknown: "patients with one race group beside unknown or other"
    case .raceOutsideGroups: "patients whose admissions name no race group"
    case .patientWithoutRadiograph: "patients of MIMIC-IV without a radiograph"
    case .fileNameOfEarlierRelease: "files named 2.0.0 beside one named 2.1.0"
    }
  }

  static let ofRadiographs: [MIMICQuirk] = [
    .viewCodeUsed, .viewCodeCapitalised, .viewUnknown, .viewPADecubitus, .viewPARightDecubitus,
    .viewLAO, .viewRAO, .viewAPAxial, .viewAPDecubitus, .viewAPRightDecubitus,
    .viewCrossTableLateral, .viewSwimmers, .viewLPO,
  ]
  static let ofStudies: [MIMICQuirk] = [
    .studyWithoutLabels, .labelsAllBlank, .negbioDiffers, .reportOnlyFindings,
    .reportOnlyLastParagraph, .reportOnlyImpression, .impressionRepeated, .impressionAsAbove,
    .impressionUnchanged, .addendum,
  ]
  static let ofPatients: [MIMICQuirk] = [
    .ageTopCoded, .studyBeforeAnchorYear, .ageNegative, .patientNotInMIMICIV,
    .patientWithoutAdmission, .racesConflict, .raceBesideUnknown,
  ]

  /// The word that ViewPosition has instead of a standard view.
  var viewWord: String? {
    switch self {
    case .viewPADecubitus: "PA LLD"
    case .viewPARightDecubitus: "PA RLD"
    case .viewLAO: "LAO"
    case .viewRAO: "RAO"
    case .viewAPAxial: "AP AXIAL"
    case .viewAPDecubitus: "AP LLD"
    case .viewAPRightDecubitus: "AP RLD"
    case .viewCrossTableLateral: "XTABLE LATERAL"
    case .viewSwimmers: "SWIMMERS"
    case .viewLPO: "LPO"
    default: nil
    }
  }
}
