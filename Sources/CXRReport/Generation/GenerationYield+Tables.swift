// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRGeneration
internal import Foundation

extension GenerationYield {
  /// The yield by cell, what checks said, and the balance before and after.
  var tables: [DisplayTable] { [yieldTable, checkTable, balanceTable] }

  private var yieldTable: DisplayTable {
    let hasOpen = total.open > 0
    var columns: [DisplayTable.Column] = [.words("Asked for"), .numbers("Wanted")]
    columns += (1...attemptLimit).map { .numbers("Accepted at \($0)", short: "At \($0)") }
    columns.append(.numbers("Discarded"))
    if hasOpen { columns.append(.numbers("Open")) }
    columns += [.numbers("With untested", short: "Untested"), .numbers("Accepted")]
    func cells(_ row: Row) -> [Cell] {
      var numbers = [row.wanted]
      numbers += row.acceptedAtAttempt
      numbers.append(row.discarded)
      if hasOpen { numbers.append(row.open) }
      numbers.append(row.acceptedWithUntested)
      let share =
        row.share.map { Cell(Self.percent($0)) }
        ?? Cell("n/a", reason: "no image is decided on yet")
      return [Cell(row.cell?.name ?? "All")] + numbers.map { Cell(NumberText.count($0)) } + [share]
    }
    return DisplayTable(
      title: "Images by sex, race and age", columns: columns, rows: self.cells.map(cells),
      summaryRow: cells(total),
      notes: [
        "Accepted at n: at the n-th attempt, each from a fresh seed. With untested: accepted images "
          + "about which a check could say nothing. Accepted: of the images decided on."
      ] + notes)
  }

  private var checkTable: DisplayTable {
    let rows = checks.filter { $0.cell == nil }.map { check in
      let tested = check.passed + check.failed
      return [
        Cell(check.predicate), Cell(NumberText.count(check.passed)),
        Cell(NumberText.count(check.failed)), Cell(NumberText.count(check.untested)),
        tested > 0
          ? Cell(Self.percent(Double(check.failed) / Double(tested)))
          : Cell("n/a", reason: "nothing was tested"),
      ]
    }
    let unusable = failures.map { failure in
      [Cell("image \(failure.name)"), Cell(""), Cell(NumberText.count(failure.attempts))]
        + [Cell(""), Cell("")]
    }
    return DisplayTable(
      title: "What the checks said of \(NumberText.count(total.attempts, "attempt"))",
      columns: [
        .words("Check"), .numbers("Passed"), .numbers("Failed"), .numbers("Untested"),
        .numbers("Failed of tested"),
      ], rows: rows + unusable,
      notes: failures.isEmpty ? [] : ["An image that is none is checked no further."])
  }

  private var balanceTable: DisplayTable {
    let names = balances.first?.entries.map(\.cell.name) ?? []
    let rows = names.indices.map { index in
      [Cell(names[index])]
        + balances.map { balance in
          let entry = balance.entries[index]
          return Cell(
            NumberText.count(entry.count),
            interval: entry.share.map { "(\(Self.percent($0)))" })
        }
    }
    func summary(_ name: String, _ value: (DemographicBalance) -> Double?) -> [Cell] {
      [Cell(name)] + balances.map { .number(value($0), reason: $0.reason) }
    }
    return DisplayTable(
      title: "Balance before and after",
      columns: [.words("")]
        + balances.map { .numbers($0.name.prefix(1).uppercased() + $0.name.dropFirst()) },
      rows: rows + [
        summary("Largest to smallest", \.largestToSmallest), summary("Evenness", \.evenness),
        [Cell("Sex, race or age not stated")]
          + balances.map { Cell(NumberText.count($0.unstatedCount)) },
      ],
      notes: [
        "Source radiographs count once each, with their patients' own demographics. Evenness: entropy "
          + "of the shares, 1 for equal ones."
      ])
  }

  private static func percent(_ share: Double) -> String {
    String(format: "%.1f%%", 100 * share)
  }
}

extension DemographicCell {
  /// The cell in words, such as `F, Asian, 40-60`.
  var name: String {
    [sex?.rawValue ?? "any sex", race?.rawValue ?? "any race", age ?? "any age"]
      .joined(separator: ", ")
  }
}
