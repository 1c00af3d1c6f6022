// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore
import Foundation

/// A split as `cxr split create` and `cxr split subsets` report it.
struct SplitDocument: Encodable {
  /// The name of the split.
  let name: String
  /// How it was made.
  let method: String
  /// The seed.
  let seed: Int?
  /// What else is needed to make it again.
  let detail: String
  /// What was written; `nil` for a dry run.
  let outcome: WriteOutcome?
  /// How evenly labels are spread.
  let balance: SplitBalance

  init(_ split: SplitContent, outcome: WriteOutcome?, balance: SplitBalance) {
    name = split.name
    method = split.method
    seed = split.seed
    detail = split.detail
    self.outcome = outcome
    self.balance = balance
  }

  /// The split and the sizes of its parts.
  var headline: String {
    let parts = balance.parts.map { part in
      "  \(part.name): \(NumberText.count(part.radiographCount, "radiograph")) of "
        + NumberText.count(part.patientCount, "patient")
    }
    let head =
      "\(name): \(outcome?.rawValue ?? "dry run, nothing was written") – \(method)"
      + (seed.map { ", seed \($0)" } ?? "") + ", \(detail)"
    return TextLines.wrapped(head, indent: 4) + "\n"
      + parts.joined(separator: "\n") + "\n"
  }

  /// The headline, each label's share of every part, and the largest deviation.
  var text: String {
    guard let worst = balance.worstLabel else { return headline }
    let headings = ["label", "all"] + balance.parts.map(\.name)
    let rows =
      [headings]
      + balance.labels.map { [$0.name] + ([$0.share] + $0.partShares).map(NumberText.decimal) }
    let widths = headings.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      "  "
        + row.indices.map { column in
          let gap = String(repeating: " ", count: widths[column] - row[column].count)
          return column == 0 ? row[column] + gap : gap + row[column]
        }.joined(separator: "  ")
    }
    let part = zip(balance.parts, worst.partShares).max {
      abs($0.1 - worst.share) < abs($1.1 - worst.share)
    }
    return headline + "\nShares of \(balance.unit.rawValue)\n" + lines.joined(separator: "\n")
      + "\nThe largest deviation is \(NumberText.decimal(worst.deviation)): \(worst.name) in "
      + "\(part?.0.name ?? "").\n"
  }
}
