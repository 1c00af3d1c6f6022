// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The words of CheXpert's demographics: the race and the ethnicity that stand for a group.
struct CheXpertRace {
  let race: String
  let ethnicity: String

  private init(_ race: String, _ ethnicity: String) {
    self.race = race
    self.ethnicity = ethnicity
  }

  /// Draws the words for a group, or for none of the four.
  static func draw(for group: Race?, draws: inout PhantomDraws) -> CheXpertRace {
    switch group {
    case .white: draws.pick(weighted: white)
    case .black: draws.pick(weighted: black)
    case .asian: draws.pick(weighted: asian)
    case .hispanic: draws.pick(weighted: hispanic)
    case nil: draws.pick(weighted: none)
    }
  }

  /// Nothing at all, for none of the groups.
  static let blank = CheXpertRace("", "")
  /// Hispanic by the race's words only.
  static let hispanicInRaceOnly = CheXpertRace("White, Hispanic", "Unknown")

  private static let not = "Non-Hispanic/Non-Latino"
  private static let white = [
    (CheXpertRace("White", not), 40.0), (CheXpertRace("White, non-Hispanic", not), 45),
    (CheXpertRace("White or Caucasian", "Not Hispanic"), 8), (CheXpertRace("White", "Unknown"), 5),
    (CheXpertRace("White", ""), 2),
  ]
  private static let black = [
    (CheXpertRace("Black or African American", not), 60.0),
    (CheXpertRace("Black, non-Hispanic", not), 38),
    (CheXpertRace("Black or African American", ""), 2),
  ]
  private static let asian = [
    (CheXpertRace("Asian", not), 60.0), (CheXpertRace("Asian, non-Hispanic", not), 35),
    (CheXpertRace("Asian - Historical Conv", "Unknown"), 5),
  ]
  private static let hispanic = [
    (CheXpertRace("Other", "Hispanic/Latino"), 45.0),
    (CheXpertRace("White, Hispanic", "Hispanic/Latino"), 25),
    (CheXpertRace("Other, Hispanic", "Hispanic/Latino"), 15),
    (CheXpertRace("White", "Hispanic/Latino"), 6), (CheXpertRace("White", "Hispanic"), 1),
    (CheXpertRace("Black, Hispanic", "Hispanic/Latino"), 2),
    (CheXpertRace("Asian, Hispanic", "Hispanic/Latino"), 1),
    (CheXpertRace("Native American, Hispanic", "Hispanic/Latino"), 1),
    (CheXpertRace("Pacific Islander, Hispanic", "Hispanic/Latino"), 1),
    (hispanicInRaceOnly, 3),
  ]
  private static let none = [
    (CheXpertRace("Other", not), 35.0), (CheXpertRace("Unknown", "Unknown"), 20),
    (CheXpertRace("Race and Ethnicity Unknown", "Unknown"), 10),
    (CheXpertRace("Patient Refused", "Patient Refused"), 6),
    (CheXpertRace("Other, non-Hispanic", not), 10),
    (CheXpertRace("Native Hawaiian or Other Pacific Islander", not), 6),
    (CheXpertRace("Pacific Islander, non-Hispanic", not), 3),
    (CheXpertRace("American Indian or Alaska Native", not), 2),
    (CheXpertRace("Native American, non-Hispanic", not), 2), (blank, 6),
  ]
}
