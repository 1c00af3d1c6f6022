// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The words of MIMIC-IV's column `race`, or `ethnicity` in release 1.0.
enum MIMICRace {
  /// Draws a word for a group, or for none of the four.
  static func text(
    of group: Race?, layout: PhantomLayout.MIMICIV, draws: inout PhantomDraws
  ) -> String {
    draws.pick(weighted: layout == .hosp ? texts(of: group) : earlierTexts(of: group))
  }

  private static func texts(of group: Race?) -> [(String, Double)] {
    switch group {
    case .white: white
    case .black: black
    case .asian: asian
    case .hispanic: hispanic
    case nil: none
    }
  }

  private static func earlierTexts(of group: Race?) -> [(String, Double)] {
    switch group {
    case .white: [("WHITE", 1)]
    case .black: [("BLACK/AFRICAN AMERICAN", 1)]
    case .asian: [("ASIAN", 1)]
    case .hispanic: [("HISPANIC/LATINO", 1)]
    case nil:
      [
        ("OTHER", 27), ("UNKNOWN", 19), ("UNABLE TO OBTAIN", 4),
        ("AMERICAN INDIAN/ALASKA NATIVE", 2),
      ]
    }
  }

  private static let white = [
    ("WHITE", 90.0), ("WHITE - OTHER EUROPEAN", 5), ("WHITE - RUSSIAN", 3),
    ("WHITE - EASTERN EUROPEAN", 1), ("WHITE - BRAZILIAN", 1),
  ]
  private static let black = [
    ("BLACK/AFRICAN AMERICAN", 84.0), ("BLACK/CAPE VERDEAN", 8), ("BLACK/CARIBBEAN ISLAND", 4),
    ("BLACK/AFRICAN", 4),
  ]
  private static let asian = [
    ("ASIAN", 45.0), ("ASIAN - CHINESE", 35), ("ASIAN - SOUTH EAST ASIAN", 10),
    ("ASIAN - ASIAN INDIAN", 7), ("ASIAN - KOREAN", 3),
  ]
  private static let hispanic = [
    ("HISPANIC OR LATINO", 25.0), ("HISPANIC/LATINO - PUERTO RICAN", 33),
    ("HISPANIC/LATINO - DOMINICAN", 22), ("HISPANIC/LATINO - GUATEMALAN", 5),
    ("HISPANIC/LATINO - SALVADORAN", 4), ("HISPANIC/LATINO - COLUMBIAN", 3),
    ("HISPANIC/LATINO - MEXICAN", 3), ("HISPANIC/LATINO - CUBAN", 2),
    ("HISPANIC/LATINO - HONDURAN", 2), ("HISPANIC/LATINO - CENTRAL AMERICAN", 1),
  ]
  private static let none = [
    ("OTHER", 38.0), ("UNKNOWN", 26), ("UNABLE TO OBTAIN", 7), ("PATIENT DECLINED TO ANSWER", 6),
    ("PORTUGUESE", 6), ("SOUTH AMERICAN", 4), ("AMERICAN INDIAN/ALASKA NATIVE", 4),
    ("MULTIPLE RACE/ETHNICITY", 4), ("NATIVE HAWAIIAN OR OTHER PACIFIC ISLANDER", 4),
  ]
}
