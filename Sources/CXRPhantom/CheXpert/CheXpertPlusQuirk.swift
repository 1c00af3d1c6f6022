// SPDX-License-Identifier: Apache-2.0

/// The quirks of CheXpert Plus.
enum CheXpertPlusQuirk: PlantedQuirk {
  case rowMissing
  case dicomPathBlank
  case findingsBlank
  case impressionBlank
  case literalLineBreak
  case quotedWords
  case labelsDifferWithinStudy
  case findingsLabelsDegenerate
  case accessionShared

  var share: Double? {
    switch self {
    case .dicomPathBlank: 0.001
    case .impressionBlank: 0.0008
    case .literalLineBreak: 0.01
    case .quotedWords: 0.03
    case .labelsDifferWithinStudy: 0.05
    default: nil
    }
  }

  var summary: String {
    switch self {
    case .rowMissing: "radiographs of CheXpert that are not in CheXpert Plus"
    case .dicomPathBlank: "rows without a path to the DICOM file"
    case .findingsBlank: "rows without a findings section"
    case .impressionBlank: "rows without an impression"
    case .literalLineBreak: "rows whose impression spells a line break as a backslash and an n"
    case .quotedWords: "rows whose report holds quotation marks"
    case .labelsDifferWithinStudy: "studies whose radiographs are labelled differently"
    case .findingsLabelsDegenerate: "rows labelled No Finding because the findings are blank"
    case .accessionShared: "rows whose accession number other studies have too"
    }
  }

  static let ofStudies: [CheXpertPlusQuirk] = [
    .dicomPathBlank, .impressionBlank, .literalLineBreak, .quotedWords,
  ]
}
