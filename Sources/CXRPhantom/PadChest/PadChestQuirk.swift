// SPDX-License-Identifier: Apache-2.0

/// The quirks of PadChest.
enum PadChestQuirk: PlantedQuirk {
  // Rows.
  case projectionExclude
  case projectionBlank
  case projectionAndPositionBlank
  case positionDiffers
  case folderDecimal
  case longImageIdentifier
  case windowScientific
  case noneWords
  // Studies; their rows are counted.
  case labelExclude
  case labelsNull
  case labelsEmptyList
  case labelsOnlyUnchanged
  case labelLeadingSpace
  case labelEmptyItem
  case labelRepeated
  case labelCapitals
  case normalBesideOthers
  case normalSentence
  case substringTrap
  case conceptsWrapped
  // Patients.
  case sexOther
  case sexNone
  case sexBlank
  case birthBlank
  case birthTooEarly
  case birthAfterStudy
  case pediatric

  var share: Double? {
    switch self {
    case .projectionExclude: 6e-5
    // None in the official file as far as is known: the exemplars only.
    case .projectionBlank, .projectionAndPositionBlank: 0
    case .positionDiffers: 0.02
    case .folderDecimal: 0.01
    case .longImageIdentifier: 0.12
    case .windowScientific: 0.3
    case .labelExclude: 0.0003
    case .labelsNull: 0.0006
    case .labelsEmptyList: 0.0001
    case .labelsOnlyUnchanged: 0.008
    case .labelLeadingSpace: 0.03
    case .labelEmptyItem, .labelRepeated: 0.002
    case .normalBesideOthers: 0.001
    case .sexOther, .sexNone, .sexBlank: 0.0001
    case .birthBlank: 0.004
    case .birthTooEarly, .birthAfterStudy: 0.0001
    case .pediatric: 0.0017
    default: nil
    }
  }

  var summary: String {
    switch self {
    case .projectionExclude: "rows with projection EXCLUDE"
    case .projectionBlank: "rows without a projection whose ViewPosition_DICOM says the view"
    case .projectionAndPositionBlank: "rows with neither projection nor ViewPosition_DICOM"
    case .positionDiffers: "rows whose ViewPosition_DICOM contradicts the projection"
    case .folderDecimal: "rows whose ImageDir is written with a decimal"
    case .longImageIdentifier: "rows whose image name is of the longer shape"
    case .windowScientific: "rows whose window is written with an exponent"
    case .noneWords: "rows with the word None for a missing number"
    case .labelExclude: "rows with the label exclude"
    case .labelsNull: "rows without any label cell"
    case .labelsEmptyList: "rows whose labels are an empty list"
    case .labelsOnlyUnchanged: "rows whose only label is unchanged"
    case .labelLeadingSpace: "rows with a space before a label"
    case .labelEmptyItem: "rows with an empty label"
    case .labelRepeated: "rows with a label twice"
    case .labelCapitals: "rows with a label in capitals, such as NSG tube"
    case .normalBesideOthers: "rows labelled normal and something else"
    case .normalSentence: "rows with a sentence tagged normal beside findings"
    case .substringTrap: "rows with a label that holds another class's name, such as pseudonodule"
    case .conceptsWrapped: "rows whose concepts go over several lines"
    case .sexOther: "patients whose sex is O"
    case .sexNone: "patients whose sex is the word None"
    case .sexBlank: "patients without a sex"
    case .birthBlank: "patients without a year of birth"
    case .birthTooEarly: "patients who would be older than 110 years"
    case .birthAfterStudy: "patients born after their study"
    case .pediatric: "patients flagged PED"
    }
  }

  static let ofRows: [PadChestQuirk] = [
    .projectionExclude, .projectionBlank, .projectionAndPositionBlank, .positionDiffers,
    .folderDecimal, .longImageIdentifier, .windowScientific,
  ]
  static let ofStudies: [PadChestQuirk] = [
    .labelExclude, .labelsNull, .labelsEmptyList, .labelsOnlyUnchanged, .labelLeadingSpace,
    .labelEmptyItem, .labelRepeated, .normalBesideOthers,
  ]
  static let ofPatients: [PadChestQuirk] = [
    .sexOther, .sexNone, .sexBlank, .birthBlank, .birthTooEarly, .birthAfterStudy, .pediatric,
  ]
}
