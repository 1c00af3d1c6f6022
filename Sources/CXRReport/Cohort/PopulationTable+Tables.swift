// SPDX-License-Identifier: Apache-2.0
internal import CXRCohort
internal import CXRCore
internal import CXRStatistics
internal import Foundation

extension PopulationTable {
  /// Who was studied, and the counts at the intersections of sex with race and with age.
  var tables: [DisplayTable] {
    let kinds = ["sex", "race", "age", "finding"]
    let main = DisplayTable(
      title: "Who was studied", columns: columns,
      rows: totals + kinds.flatMap { rows($0) }, notes: mainNotes)
    let crossed = ["sex*race", "sex*age"].flatMap { rows($0) }
    guard !crossed.isEmpty else { return [main] }
    return [
      main,
      DisplayTable(
        title: "Intersections of sex with race and with age",
        columns: [.words("")] + populations.map { .numbers($0.name) },
        rows: crossed.map { row in
          [row[0]] + populations.indices.map { row[differenceColumns.columns[$0]] }
        }, notes: []),
    ]
  }

  /// Where the column of each population and that of its differences stand.
  private var differenceColumns: (columns: [Int], differences: [Int?]) {
    var position = 1
    var places: (columns: [Int], differences: [Int?]) = ([], [])
    for population in populations {
      places.columns.append(position)
      position += 1
      let hasDifference = reference.map { $0 != population.name } ?? false
      places.differences.append(hasDifference ? position : nil)
      if hasDifference { position += 1 }
    }
    return places
  }

  private var columns: [DisplayTable.Column] {
    [.words("")]
      + populations.flatMap { population -> [DisplayTable.Column] in
        let column = DisplayTable.Column.numbers(population.name)
        guard let reference, reference != population.name else { return [column] }
        return [column, .numbers("SMD from \(reference)", short: "SMD")]
      }
  }

  private var mainNotes: [String] {
    var lines = [
      "Percentages are of all radiographs of the column. Uncertain and unmentioned labels: "
        + "\(labelPolicy)."
    ]
    if let reference {
      lines.append(
        "SMD: standardised difference from \(reference), over what is known; of more than two "
          + "categories the Mahalanobis distance. * beyond \(StandardizedDifference.notableSize). "
          + "Patients with several radiographs count several times.")
    }
    for (kind, word) in [("sex", "sex"), ("race", "race"), ("age", "age")] where !isKnown(kind) {
      lines.append("No \(word) is recorded.")
    }
    return lines + notes
  }

  private var totals: [[Cell]] {
    var rows = [
      row("Radiographs") { .count($0.radiographCount, reason: $0.reason) },
      row("Patients") { .count($0.patientCount, reason: $0.reason) },
    ]
    if populations.contains(where: { $0.studyCount ?? 0 > 0 }) {
      rows.insert(
        row("Studies") {
          $0.studyCount == 0
            ? Cell("n/a", reason: "the dataset has no studies")
            : .count($0.studyCount, reason: $0.reason)
        }, at: 1)
    }
    if populations.contains(where: { $0.age != nil }) {
      rows.append(
        row("Age in years, mean ± SD", difference: \.ageDifference) { population in
          guard let age = population.age else {
            return Cell("n/a", reason: population.reason ?? "no age is known")
          }
          let spread = age.standardDeviationYears.map { " ± \(Self.decimal($0))" } ?? ""
          return Cell(Self.decimal(age.meanYears) + spread)
        })
    }
    return rows
  }

  /// A row that has at most one difference, by population.
  private func row(
    _ name: String, difference: (Population) -> Double? = { _ in nil },
    cell: (Population) -> Cell
  ) -> [Cell] {
    [Cell(name)]
      + populations.flatMap { population -> [Cell] in
        guard let reference, reference != population.name else { return [cell(population)] }
        return [
          cell(population), difference(population).map(Self.difference) ?? Cell(""),
        ]
      }
  }

  /// The heading and the categories of a variable that some population knows.
  private func rows(_ kind: String) -> [[Cell]] {
    guard kind.split(separator: "*").allSatisfy({ isKnown(String($0)) }) else { return [] }
    let sections = populations.map { population in
      population.sections.first { $0.attribute == kind }
    }
    let names = sections.first.flatMap { $0?.categories.map(\.name) } ?? []
    var rows = [
      [Cell("\(Self.titles[kind] ?? kind), n (%)")]
        + zip(populations, sections).flatMap { population, section -> [Cell] in
          guard let reference, reference != population.name else { return [Cell("")] }
          return [
            Cell(""),
            section?.difference.map(Self.difference)
              ?? (section?.reason.map { Cell("n/a", reason: $0) } ?? Cell("")),
          ]
        }
    ]
    for index in names.indices {
      let isRest = ["Unknown", "Other or unknown", "<0"].contains(names[index])
      let cells = sections.map { $0?.categories[index] }
      if isRest, cells.allSatisfy({ $0?.count == 0 }) { continue }
      rows.append(
        [Cell(names[index])]
          + zip(populations, cells).flatMap { population, category -> [Cell] in
            let cell = category.map(Self.cell) ?? Cell("")
            guard let reference, reference != population.name else { return [cell] }
            let difference = category?.difference.map(Self.difference) ?? Cell("")
            return [cell, difference]
          })
    }
    return rows
  }

  /// Whether some population knows a variable at all; findings always count.
  private func isKnown(_ kind: String) -> Bool {
    kind == "finding"
      || populations.contains { population in
        let section = population.sections.first { $0.attribute == kind }
        return section?.categories.dropLast().contains { $0.count != 0 } ?? false
      }
  }

  private static let titles = [
    "sex": "Sex", "race": "Race", "age": "Age in years", "finding": "Positive findings",
    "sex*race": "Race by sex", "sex*age": "Age in years by sex",
  ]

  private static func cell(_ category: Population.Category) -> Cell {
    guard let count = category.count, let share = category.share else {
      return .count(nil, reason: category.reason)
    }
    return Cell(
      NumberText.count(count), interval: "(\(decimal(100 * share))%)", reason: category.reason)
  }

  private static func difference(_ value: Double) -> Cell {
    let isNotable = abs(value) > StandardizedDifference.notableSize
    return Cell(NumberText.difference(value) + (isNotable ? "*" : ""))
  }

  private static func decimal(_ value: Double) -> String { String(format: "%.1f", value) }
}
