// SPDX-License-Identifier: Apache-2.0

/// How a table writes dates, where it is not year first.
enum DateForm: String, CaseIterable, Sendable {
  case dayFirst = "dd.mm.yyyy"
  case dayFirstSlashed = "dd/mm/yyyy"
  case monthFirst = "mm/dd/yyyy"

  /// What stands for a text that is no date of the form: no reader takes it for one.
  static let unreadable = "no date"

  /// Writes a date year first, as `yyyy-mm-dd`.
  ///
  ///     DateForm.dayFirst.yearFirst("3.2.2019")  // 2019-02-03
  ///
  /// Zeros before day and month may be left out; a time behind a space is left aside.
  ///
  /// - Returns: The date, or `nil` where the text is none of this form.
  func yearFirst(_ text: String) -> String? {
    let separator: Character = self == .dayFirst ? "." : "/"
    let parts = text.prefix { $0 != " " }.split(
      separator: separator, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2].utf8.count == 4, (1...2).contains(parts[0].utf8.count),
      (1...2).contains(parts[1].utf8.count)
    else { return nil }
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(part) : nil
    }
    guard numbers.count == 3 else { return nil }
    let (day, month) =
      self == .monthFirst ? (numbers[1], numbers[0]) : (numbers[0], numbers[1])
    guard (1...31).contains(day), (1...12).contains(month) else { return nil }
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(parts[2])-\(two(month))-\(two(day))"
  }
}
