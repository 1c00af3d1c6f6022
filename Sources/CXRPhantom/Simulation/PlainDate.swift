// SPDX-License-Identifier: Apache-2.0

/// A day of a calendar with twelve months of 28 days, every one of which exists in the real one.
struct PlainDate: Comparable {
  static let daysPerYear = 336

  /// Days since the first day of year 0.
  let dayNumber: Int

  init(dayNumber: Int) { self.dayNumber = dayNumber }

  init(year: Int, dayOfYear: Int) { dayNumber = year * Self.daysPerYear + dayOfYear }

  var year: Int { dayNumber / Self.daysPerYear }
  private var month: Int { dayNumber % Self.daysPerYear / 28 + 1 }
  private var day: Int { dayNumber % 28 + 1 }

  /// Such as `21800506`.
  var compact: String { "\(year)\(month.padded(to: 2))\(day.padded(to: 2))" }

  /// Such as `2180-05-06`.
  var hyphenated: String { "\(year)-\(month.padded(to: 2))-\(day.padded(to: 2))" }

  static func < (left: PlainDate, right: PlainDate) -> Bool { left.dayNumber < right.dayNumber }
}
