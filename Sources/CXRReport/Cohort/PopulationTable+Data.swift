// SPDX-License-Identifier: Apache-2.0
internal import CXRCohort

extension PopulationTable {
  /// The same numbers for programs: one row for each population and category.
  var dataTables: [DataTable] {
    let isCrossed = { (section: Population.Section) in section.attribute.contains("*") }
    return [
      data("population", totals: true) { !isCrossed($0) },
      data("intersections", totals: false, where: isCrossed),
    ]
  }

  private func data(
    _ name: String, totals: Bool, where isIncluded: (Population.Section) -> Bool
  ) -> DataTable {
    DataTable(
      name: name,
      header: ["population", "attribute", "category", "count", "share", "smd", "reason"],
      rows: populations.flatMap { population in
        (totals ? Self.totals(population) : [])
          + population.sections.filter(isIncluded).flatMap { Self.rows($0, of: population) }
      })
  }

  private static func totals(_ population: Population) -> [[String]] {
    func row(_ name: String, _ value: String, difference: Double? = nil) -> [String] {
      [
        population.name, "total", name, value, "", CSVField.number(difference),
        population.reason ?? "",
      ]
    }
    return [
      row("radiographs", CSVField.count(population.radiographCount)),
      row("studies", CSVField.count(population.studyCount)),
      row("patients", CSVField.count(population.patientCount)),
      row(
        "mean age in years", CSVField.number(population.age?.meanYears),
        difference: population.ageDifference),
      row(
        "standard deviation of age in years",
        CSVField.number(population.age?.standardDeviationYears)),
    ]
  }

  private static func rows(
    _ section: Population.Section, of population: Population
  ) -> [[String]] {
    let whole = [
      population.name, section.attribute, "", "", "", CSVField.number(section.difference),
      section.reason ?? "",
    ]
    let hasWhole = section.difference != nil || section.reason != nil
    return (hasWhole ? [whole] : [])
      + section.categories.map { category in
        [
          population.name, section.attribute, category.name, CSVField.count(category.count),
          CSVField.number(category.share), CSVField.number(category.difference),
          category.reason ?? "",
        ]
      }
  }
}
