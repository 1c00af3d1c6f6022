// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog

/// Adds the counts of a run up.
struct YieldTally {
  private let attemptLimit: Int
  private(set) var total: GenerationYield.Row
  private var rows: [DemographicCell: GenerationYield.Row] = [:]
  private var checksOfCells: [CheckKey: GenerationYield.Check] = [:]
  private var attemptsOfFailures: [String: Int] = [:]

  private struct CheckKey: Hashable {
    let predicate: String
    let cell: DemographicCell?
  }

  init(attemptLimit: Int) {
    self.attemptLimit = attemptLimit
    total = Self.row(of: nil, attemptLimit: attemptLimit)
  }

  var cells: [GenerationYield.Row] {
    rows.sorted { $0.key < $1.key }.map(\.value)
  }

  /// All checks by name, each first for all images, then by cell.
  var checks: [GenerationYield.Check] {
    checksOfCells.values.sorted { left, right in
      guard left.predicate == right.predicate else { return left.predicate < right.predicate }
      guard let cell = left.cell else { return right.cell != nil }
      return right.cell.map { cell < $0 } ?? false
    }
  }

  var failures: [GenerationYield.Failure] {
    attemptsOfFailures.sorted { $0.key < $1.key }.map { .init(name: $0, attempts: $1) }
  }

  mutating func add(_ items: GenerationCounts.Items) {
    let cell = DemographicCell(items.group)
    var row = rows[cell] ?? Self.row(of: cell, attemptLimit: attemptLimit)
    Self.add(items, to: &row)
    rows[cell] = row
    Self.add(items, to: &total)
  }

  mutating func add(_ verdicts: GenerationCounts.Verdicts) {
    for cell in [nil, DemographicCell(verdicts.group)] {
      let key = CheckKey(predicate: verdicts.predicate, cell: cell)
      var check = checksOfCells[key] ?? .init(predicate: verdicts.predicate, cell: cell)
      switch verdicts.verdict {
      case .passed: check.passed += verdicts.count
      case .failed: check.failed += verdicts.count
      case .untested: check.untested += verdicts.count
      }
      checksOfCells[key] = check
    }
  }

  mutating func add(_ failures: GenerationCounts.Failures) {
    attemptsOfFailures[failures.failure, default: 0] += failures.count
  }

  private static func row(of cell: DemographicCell?, attemptLimit: Int) -> GenerationYield.Row {
    GenerationYield.Row(
      cell: cell, acceptedAtAttempt: Array(repeating: 0, count: attemptLimit))
  }

  private static func add(_ items: GenerationCounts.Items, to row: inout GenerationYield.Row) {
    row.wanted += items.count
    row.attempts += items.count * items.attemptCount
    switch items.state {
    case .open: row.open += items.count
    case .discarded: row.discarded += items.count
    case .accepted:
      row.acceptedAtAttempt[items.attemptCount - 1] += items.count
      if items.hasUntested { row.acceptedWithUntested += items.count }
    }
  }
}

extension DemographicCell {
  init(_ group: GenerationCounts.Group) {
    self.init(sex: group.sex, race: group.race, ageYears: group.ageYears)
  }
}
