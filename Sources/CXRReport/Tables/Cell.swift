// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

/// One cell of a table: a text or a number, its interval, and why anything is missing.
struct Cell: Hashable {
  /// The text or the value, such as `Edema`, `0.872`, `<10` or `n/a`.
  let text: String
  /// The interval in brackets, if any.
  let interval: String?
  /// What a footnote must say about the cell.
  let reason: String?
  /// The page that says more, relative to the document.
  var link: String?
  /// The name by which other cells refer to this one.
  var anchor: String?

  /// Creates a cell from any text; control characters and line breaks are folded away.
  init(_ text: String, interval: String? = nil, reason: String? = nil, link: String? = nil) {
    self.text = text.singleLine
    self.interval = interval
    self.reason = reason?.singleLine
    self.link = link
    anchor = nil
  }

  /// The same cell, leading to the page or cell that says more.
  func linked(to link: String?) -> Cell {
    var cell = self
    cell.link = link
    return cell
  }

  /// The text and the interval.
  var plainText: String { text + (interval.map { " " + $0 } ?? "") }
}

extension Cell {
  /// A count; a suppressed one reads like `<10`, as its reason says.
  static func count(_ value: Int?, reason: String?) -> Cell {
    if let value { return Cell(NumberText.count(value)) }
    guard let reason, reason.hasPrefix("suppressed") else { return undefined(reason) }
    let bound = reason.firstMatch(of: /<\s?\d+/)?.output.filter { $0 != " " }
    return Cell(bound.map { String($0) } ?? "suppressed", reason: reason)
  }

  /// A number without an interval.
  static func number(_ value: Double?, reason: String?) -> Cell {
    value.map { Cell(NumberText.decimal($0)) } ?? undefined(reason)
  }

  /// A p-value.
  static func probability(_ value: Double?, reason: String?) -> Cell {
    value.map { Cell(NumberText.probability($0)) } ?? undefined(reason)
  }

  /// A number with its interval; an interval that was refused reads `[n/a]` and says why.
  static func estimate(
    _ value: Double?, _ lower: Double?, _ upper: Double?, reason: String?
  ) -> Cell {
    guard let value else { return undefined(reason) }
    let text = NumberText.decimal(value)
    guard let lower, let upper else {
      return Cell(text, interval: reason.map { _ in "[n/a]" }, reason: reason)
    }
    return Cell(text, interval: NumberText.interval(lower, upper), reason: reason)
  }

  /// An estimate; without a reason of its own it takes that of its surroundings.
  static func estimate(_ estimate: Estimate, within reason: String? = nil) -> Cell {
    Cell.estimate(
      estimate.value, estimate.lower, estimate.upper,
      reason: estimate.reason ?? (estimate.value == nil ? reason : nil))
  }

  /// A signed difference with its interval.
  static func difference(
    _ value: Double?, _ lower: Double?, _ upper: Double?, reason: String?
  ) -> Cell {
    guard let value else { return undefined(reason) }
    let text = NumberText.difference(value)
    guard let lower, let upper else {
      return Cell(text, interval: reason.map { _ in "[n/a]" }, reason: reason)
    }
    return Cell(text, interval: NumberText.differenceInterval(lower, upper), reason: reason)
  }

  private static func undefined(_ reason: String?) -> Cell { Cell("n/a", reason: reason) }
}
