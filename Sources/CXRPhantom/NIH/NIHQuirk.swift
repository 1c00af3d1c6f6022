// SPDX-License-Identifier: Apache-2.0

/// The quirks of NIH ChestX-ray14.
enum NIHQuirk: PlantedQuirk {
  case ageInMonths
  case ageInDays
  case ageTooHigh
  case ageDiffers
  case ageZero
  case followUpDiffers
  case labelsDiffer
  case infiltrateInBoxes
  case carriageReturns
  case headerWithoutField

  /// Every NIH quirk is drawn with its radiograph.
  var share: Double? { nil }

  var summary: String {
    switch self {
    case .ageInMonths: "ages of the 2017 release in months"
    case .ageInDays: "ages of the 2017 release in days"
    case .ageTooHigh: "ages of the 2017 release above 120 years"
    case .ageDiffers: "radiographs whose ages differ between the releases"
    case .ageZero: "ages of the 2020 release that are 0"
    case .followUpDiffers: "follow-up numbers of the 2020 release that differ from the image name"
    case .labelsDiffer: "radiographs whose labels differ between the releases"
    case .infiltrateInBoxes: "boxes whose label is Infiltrate instead of Infiltration"
    case .carriageReturns: "lines of the 2017 release that end in CRLF"
    case .headerWithoutField: "tables whose header has more fields than their rows"
    }
  }
}
