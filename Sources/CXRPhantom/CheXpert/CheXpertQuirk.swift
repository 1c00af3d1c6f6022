// SPDX-License-Identifier: Apache-2.0

/// The quirks of CheXpert and of its demographics file.
enum CheXpertQuirk: PlantedQuirk {
  // Rows of train.csv.
  case frontalLL
  case frontalRL
  case laterals
  case ageTopCoded
  case noFindingWithDevices
  case nothingSaid
  // Studies.
  case labelsAllBlank
  case twoFrontals
  // Patients.
  case sexUnknown
  case ageZero
  case studiesOutOfOrder
  case notInDemographics
  case demographicsOnly
  case raceBlank
  case ethnicityBlank
  case nonHispanicInRace
  case hispanicInRaceOnly
  case spacesInDemographics

  var share: Double? {
    switch self {
    case .frontalLL: 8e-5
    case .frontalRL: 5e-6
    case .labelsAllBlank: 6e-5
    case .sexUnknown: 1.5e-5
    case .ageZero: 4.6e-5
    case .studiesOutOfOrder: 0.15
    case .notInDemographics: 0.01
    case .spacesInDemographics: 0.02
    // Beside the exemplars, these are drawn with the words.
    case .raceBlank, .hispanicInRaceOnly: 0
    default: nil
    }
  }

  var summary: String {
    switch self {
    case .frontalLL: "rows named Frontal with AP/PA LL"
    case .frontalRL: "rows named Frontal with AP/PA RL"
    case .laterals: "laterals, whose AP/PA is blank"
    case .ageTopCoded: "rows with age 90, which stands for 90 and above"
    case .noFindingWithDevices: "rows with No Finding and Support Devices"
    case .nothingSaid: "rows with nothing positive or uncertain, No Finding included"
    case .labelsAllBlank: "studies without any label"
    case .twoFrontals: "studies with two frontal radiographs"
    case .sexUnknown: "patients whose sex is Unknown"
    case .ageZero: "patients whose age is 0, which stands for unknown"
    case .studiesOutOfOrder: "patients whose studies are not in the order of their numbers"
    case .notInDemographics: "patients who are not in the demographics"
    case .demographicsOnly: "patients of the demographics without radiographs"
    case .raceBlank: "patients without a race in the demographics"
    case .ethnicityBlank: "patients without an ethnicity in the demographics"
    case .nonHispanicInRace: "patients whose race ends in non-Hispanic, which contains Hispanic"
    case .hispanicInRaceOnly: "patients who are Hispanic by the race's words alone"
    case .spacesInDemographics: "patients whose cells in the demographics have stray spaces"
    }
  }

  static let ofRows: [CheXpertQuirk] = [.frontalLL, .frontalRL]
  static let ofStudies: [CheXpertQuirk] = [.labelsAllBlank]
  static let ofPatients: [CheXpertQuirk] = [
    .sexUnknown, .ageZero, .studiesOutOfOrder, .notInDemographics, .spacesInDemographics,
    .raceBlank, .hispanicInRaceOnly,
  ]
}
