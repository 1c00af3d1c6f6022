// SPDX-License-Identifier: Apache-2.0
import CXRCohort

/// Hidden counts that follow from the shown ones of a column, by solving its sums as equations.
///
/// The unknowns are the radiographs by sex and race and by sex and age, those that are shown nowhere
/// included.
struct DerivedCounts {
  private var rows: [[Double]] = []
  private let raceCount: Int
  private let ageCount: Int
  private var width: Int { 3 * (raceCount + ageCount) }

  init(of population: Population) {
    func counts(_ attribute: String) -> [Int?] {
      population.sections.first { $0.attribute == attribute }?.categories.map(\.count) ?? []
    }
    raceCount = counts("race").count
    ageCount = counts("age").count
    for attribute in ["sex", "race", "age", "sex*race", "sex*age"] {
      for (position, count) in counts(attribute).enumerated() {
        guard let count else { continue }
        // An absent group has absent parts.
        if count == 0 {
          for (place, factor) in terms(attribute, position).enumerated() where factor != 0 {
            take(sum([place]), 0)
          }
        }
        take(terms(attribute, position), count)
      }
    }
    for sex in 0..<3 {
      let ages = terms("sex by age", sex)
      take(zip(terms("sex", sex), ages).map { $0 - $1 }, 0)
    }
    if let total = population.radiographCount { take(sum(0..<3 * raceCount), total) }
    if let known = population.age?.knownCount {
      take(sum(3 * raceCount..<width - 3), known)
    }
  }

  /// The count of a category if it follows, else `nil`.
  subscript(attribute: String, position: Int) -> Double? {
    let rest = reduced(terms(attribute, position) + [0])
    return rest.dropLast().allSatisfy { abs($0) < 1e-9 } ? -(rest.last ?? 0) : nil
  }

  /// Which unknowns a count sums up.
  private func terms(_ attribute: String, _ position: Int) -> [Double] {
    let ages = 3 * raceCount
    return switch attribute {
    case "sex": sum((0..<raceCount).map { 3 * $0 + position })
    case "sex by age": sum((0..<ageCount).map { ages + 3 * $0 + position })
    case "race": sum(3 * position..<3 * position + 3)
    case "age": sum(ages + 3 * position..<ages + 3 * position + 3)
    case "sex*race": sum([3 * (position / 2) + position % 2])
    default: sum([ages + 3 * (position / 2) + position % 2])
    }
  }

  private func sum(_ places: some Sequence<Int>) -> [Double] {
    var row = [Double](repeating: 0, count: width)
    for place in places { row[place] = 1 }
    return row
  }

  private mutating func take(_ terms: [Double], _ value: Int) {
    let row = reduced(terms + [Double(value)])
    guard let pivot = row.dropLast().firstIndex(where: { abs($0) > 1e-9 }) else { return }
    rows.append(row.map { $0 / row[pivot] })
  }

  /// A row less what the equations so far explain of it, in their order.
  private func reduced(_ row: [Double]) -> [Double] {
    var row = row
    for known in rows {
      guard let pivot = known.firstIndex(where: { abs($0) > 1e-9 }) else { continue }
      let factor = row[pivot]
      if factor != 0 { for index in row.indices { row[index] -= factor * known[index] } }
    }
    return row
  }
}
