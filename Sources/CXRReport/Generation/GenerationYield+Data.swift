// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRGeneration

extension GenerationYield {
  /// The same numbers for programs.
  var dataTables: [DataTable] {
    [
      DataTable(
        name: "yield",
        header: ["sex", "race", "age", "wanted"]
          + (1...attemptLimit).map { "acceptedAtAttempt\($0)" }
          + ["accepted", "discarded", "open", "acceptedWithUntested", "attempts"],
        rows: cells.map { row in
          var numbers = [row.wanted]
          numbers += row.acceptedAtAttempt
          numbers += [
            row.accepted, row.discarded, row.open, row.acceptedWithUntested, row.attempts,
          ]
          return Self.fields(row.cell) + numbers.map { String($0) }
        }),
      DataTable(
        name: "checks",
        header: ["check", "sex", "race", "age", "passed", "failed", "untested"],
        rows: checks.filter { $0.cell != nil }.map { check in
          [check.predicate] + Self.fields(check.cell)
            + [check.passed, check.failed, check.untested].map(String.init)
        }),
      DataTable(
        name: "balance", header: ["population", "sex", "race", "age", "count", "share"],
        rows: balances.flatMap { balance in
          balance.entries.map { entry in
            [balance.name] + Self.fields(entry.cell)
              + [String(entry.count), CSVField.number(entry.share)]
          }
        }),
    ]
  }

  private static func fields(_ cell: DemographicCell?) -> [String] {
    [cell?.sex?.rawValue ?? "", cell?.race?.rawValue ?? "", cell?.age ?? ""]
  }
}
