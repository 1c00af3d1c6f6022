// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore

/// The counts of one population before they are rounded, compared or hidden.
struct PopulationTally {
  /// The name of the population.
  let name: String
  private let units: RadiographUnits
  private let ageBins: AgeBins
  let findings: [Finding]
  private let labelPolicy: LabelPolicy
  /// Radiographs by sex (female, male, unknown), race (four groups, unknown) and age (too young,
  /// the bins, unknown), the last varying fastest.
  private var cells: [Int]
  /// Radiographs by finding and state, the state varying fastest.
  private var states: [Int]
  private(set) var ages = RunningMoments()

  private static let stateCount = LabelState.allCases.count
  private var sexCount: Int { Sex.allCases.count + 1 }
  private var raceCount: Int { Race.allCases.count + 1 }
  private var ageCount: Int { ageBins.lowerBounds.count + 2 }

  /// Counts the rows of a population.
  ///
  /// - Complexity: O(rows × findings).
  init(_ group: PopulationSelection.Group, table: RadiographTable, request: PopulationRequest) {
    name = group.name
    ageBins = request.ageBins
    findings = request.findings
    labelPolicy = request.labelPolicy
    units = RadiographUnits(of: group.rows, in: table)
    cells = []
    states = Array(repeating: 0, count: request.findings.count * Self.stateCount)
    cells = Array(repeating: 0, count: sexCount * raceCount * ageCount)
    let bounds = ageBins.lowerBounds
    for row in group.rows {
      let sex =
        switch table.sexes[row] {
        case .female: 0
        case .male: 1
        case nil: 2
        }
      let race =
        switch table.races[row] {
        case .asian: 0
        case .black: 1
        case .hispanic: 2
        case .white: 3
        case nil: 4
        }
      var bin = ageCount - 1
      if let age = table.agesYears[row] {
        ages.add(age)
        bin = 0
        while bin < bounds.count, age >= bounds[bin] { bin += 1 }
      }
      cells[(sex * raceCount + race) * ageCount + bin] += 1
      let found = table.findings[row]
      for (position, finding) in findings.enumerated() {
        states[position * Self.stateCount + found[finding].rawValue] += 1
      }
    }
  }

  /// The population with its differences from a reference.
  func population(comparedTo other: PopulationTally?) -> Population {
    let reference = other.flatMap { $0.name == name ? nil : $0 }
    var sections = [
      section("sex", Self.sexNames, sexes, reference?.sexes),
      section("race", Self.raceNames, races, reference?.races),
      section("age", ageNames, ageCounts, reference?.ageCounts),
      findingSection(comparedTo: reference),
    ]
    sections.append(
      intersection("sex*race", Self.raceNames.dropLast()) { sex, race in count(sex: sex, race: race)
      }
    )
    sections.append(
      intersection("sex*age", ageNames.dropLast()) { sex, age in count(sex: sex, age: age) })
    return Population(
      name: name, radiographCount: units.radiographCount, studyCount: units.studyCount,
      patientCount: units.patientCount, age: ages.summary,
      ageDifference: reference.flatMap(ageDifference),
      sections: sections, reason: nil)
  }

  static let sexNames = ["Female", "Male", "Unknown"]
  private static let raceNames = Race.allCases.map(\.rawValue) + ["Other or unknown"]

  private var ageNames: [String] {
    let lowest = ageBins.lowerBounds.first ?? 0
    let text = lowest == lowest.rounded() ? String(Int(lowest)) : String(lowest)
    return ["<\(text)"] + ageBins.names + ["Unknown"]
  }

  private var sexes: [Int] { (0..<sexCount).map { count(sex: $0) } }
  private var races: [Int] { (0..<raceCount).map { count(race: $0) } }
  private var ageCounts: [Int] { (0..<ageCount).map { count(age: $0) } }

  private func count(sex: Int? = nil, race: Int? = nil, age: Int? = nil) -> Int {
    var sum = 0
    for s in 0..<sexCount where sex ?? s == s {
      for r in 0..<raceCount where race ?? r == r {
        for a in 0..<ageCount where age ?? a == a {
          sum += cells[(s * raceCount + r) * ageCount + a]
        }
      }
    }
    return sum
  }

  func share(_ count: Int) -> Double { Double(count) / Double(units.radiographCount) }

  /// The radiographs that count as positive, or `nil` when no radiograph is annotated.
  func positiveCount(_ position: Int) -> Int? {
    func count(_ state: LabelState) -> Int {
      states[position * Self.stateCount + state.rawValue]
    }
    guard count(.unannotated) < units.radiographCount else { return nil }
    // A No Finding that speaks for other findings makes them negative, never positive.
    return LabelState.allCases.filter {
      labelPolicy.target(for: $0, of: findings[position], noFinding: .unmentioned) == true
    }.reduce(0) { $0 + count($1) }
  }
}
