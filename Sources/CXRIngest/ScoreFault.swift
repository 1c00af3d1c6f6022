// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a score.
enum ScoreFault: String {
  case empty
  case notANumber = "NaN"
  case infinite
  case outOfRange = "out of range"
  case text = "no number"

  /// Names the fault of a field that holds no acceptable score.
  ///
  /// - Parameters:
  ///   - field: The field.
  ///   - value: The number in it, if it is one.
  init(_ field: String, value: Double?) {
    if value != nil {
      self = .outOfRange
      return
    }
    let word = field.lowercased().drop { $0 == "+" || $0 == "-" || $0 == " " }
    self =
      switch word {
      case "": .empty
      case "nan": .notANumber
      case "inf", "infinity": .infinite
      default: Double(field)?.isInfinite == true ? .infinite : .text
      }
  }
}
