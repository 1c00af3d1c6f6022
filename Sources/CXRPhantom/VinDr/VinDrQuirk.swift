// SPDX-License-Identifier: Apache-2.0

/// The quirks of VinDr-CXR.
enum VinDrQuirk: PlantedQuirk {
  case sexOther
  case sexBlank
  case ageZero
  case ageBlank
  case ageTooHigh
  case monochrome1
  case metaHeaderMissing
  case outvotedReader
  case outvotedMajority
  case testNameSingular
  case kaggleMissesGlobal

  var share: Double? {
    switch self {
    case .sexOther: 0.05
    case .sexBlank: 0.15
    case .ageZero: 0.12
    case .ageBlank: 0.45
    case .ageTooHigh: 0.002
    case .monochrome1: 0.18
    case .metaHeaderMissing: 0.002
    default: nil
    }
  }

  var summary: String {
    switch self {
    case .sexOther: "images whose PatientSex is O, which stands for unknown"
    case .sexBlank: "images with a blank PatientSex"
    case .ageZero: "images whose PatientAge is 000Y"
    case .ageBlank: "images with a blank PatientAge"
    case .ageTooHigh: "images whose PatientAge is above 110 years"
    case .monochrome1: "images with inverted grey levels, MONOCHROME1"
    case .metaHeaderMissing: "images without the meta header that names the transfer syntax"
    case .outvotedReader: "labels that one of three readers gave, hence negative"
    case .outvotedMajority: "labels that two of three readers gave, hence positive"
    case .testNameSingular: "test tables with a column Other disease instead of Other diseases"
    case .kaggleMissesGlobal:
      "readings that Kaggle calls No finding, for want of a class for what was found"
    }
  }
}
