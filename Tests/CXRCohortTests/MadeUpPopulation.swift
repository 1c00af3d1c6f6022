// SPDX-License-Identifier: Apache-2.0
import CXRCohort
import CXRCore
import Foundation

/// Columns of a table made from counts, not from a catalog.
enum MadeUpPopulation {
  static func table(_ population: Population) -> PopulationTable {
    PopulationTable(
      title: "", populations: [population], reference: nil, labelPolicy: "", notes: [])
  }

  /// A population of two age bins and the unknown age, with many small and absent counts.
  static func population(seed: UInt64) throws -> Population {
    let stream = RandomStream(seed: seed, purpose: "test.suppression", index: 0)
    var cells: [[[Int]]] = []
    for race in 0..<5 {
      cells.append([])
      for sex in 0..<3 {
        let counts = (0..<3).map { age in
          let place = (race * 9 + sex * 3 + age) * 2
          let bound = [1, 2, 4, 40][stream.index(at: place, below: 4)]
          return stream.index(at: place + 1, below: bound)
        }
        cells[race].append(counts)
      }
    }
    cells[3][0][1] += 100
    return try population(cells)
  }

  /// A population all of the second age bin, by race and sex.
  static func population(races: [[Int]]) throws -> Population {
    try population(races.map { $0.map { [0, $0, 0] } })
  }

  /// A population by race, sex and age; the last of each is unknown.
  private static func population(_ cells: [[[Int]]]) throws -> Population {
    let total = cells.joined().joined().reduce(0, +)
    let ages = (0..<3).map { age in cells.joined().reduce(0) { $0 + $1[age] } }
    let sections: [(String, [Int])] = [
      ("sex", (0..<3).map { sex in cells.reduce(0) { $0 + $1[sex].reduce(0, +) } }),
      ("race", cells.map { $0.joined().reduce(0, +) }), ("age", ages),
      ("sex*race", cells.dropLast().flatMap { race in race.dropLast().map { $0.reduce(0, +) } }),
      (
        "sex*age",
        (0..<2).flatMap { age in (0..<2).map { sex in cells.reduce(0) { $0 + $1[sex][age] } } }
      ),
    ]
    let object: [String: Any] = [
      "name": "made up", "radiographCount": total, "patientCount": total,
      "age": ["knownCount": ages[0] + ages[1], "meanYears": 50],
      "sections": sections.map { attribute, counts in
        [
          "attribute": attribute,
          "categories": counts.enumerated().map {
            ["name": "\($0)", "count": $1] as [String: Any]
          },
        ] as [String: Any]
      },
    ]
    return try JSONDecoder().decode(
      Population.self, from: JSONSerialization.data(withJSONObject: object))
  }
}
