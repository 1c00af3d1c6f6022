// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRStatistics

extension PopulationTally {
  /// A variable; its last category is what is not known, and does not enter the difference.
  func section(
    _ attribute: String, _ names: [String], _ counts: [Int], _ others: [Int]?
  ) -> Population.Section {
    var section = Population.Section(
      attribute: attribute,
      categories: zip(names, counts).map {
        Population.Category(name: $0, count: $1, share: share($1))
      })
    if let others {
      do throws(StatisticsError) {
        section.difference = try StandardizedDifference(
          counts: counts.dropLast(), versus: others.dropLast()
        ).value
      } catch {
        section.reason = error.message
      }
    }
    return section
  }

  func intersection(
    _ attribute: String, _ names: some Collection<String>, count: (Int, Int) -> Int
  ) -> Population.Section {
    Population.Section(
      attribute: attribute,
      categories: names.enumerated().flatMap { position, name in
        Self.sexNames.dropLast().enumerated().map { sex, sexName in
          let count = count(sex, position)
          return Population.Category(
            name: "\(name), \(sexName.lowercased())", count: count, share: share(count))
        }
      })
  }

  func findingSection(comparedTo reference: PopulationTally?) -> Population.Section {
    Population.Section(
      attribute: "finding",
      categories: findings.indices.map { position in
        var category = Population.Category(name: findings[position].name)
        guard let count = positiveCount(position) else {
          category.reason = "not annotated in this dataset"
          return category
        }
        category.count = count
        category.share = share(count)
        guard let reference else { return category }
        guard let other = reference.positiveCount(position) else {
          category.reason = "not annotated in \(reference.name)"
          return category
        }
        do throws(StatisticsError) {
          category.difference = try StandardizedDifference(
            proportion: share(count), versus: reference.share(other)
          ).value
        } catch {
          category.reason = error.message
        }
        return category
      })
  }

  /// The standardised difference of the mean ages, where both are known and vary.
  func ageDifference(from reference: PopulationTally) -> Double? {
    guard let mine = ages.summary, let other = reference.ages.summary,
      let spread = mine.standardDeviationYears, let otherSpread = other.standardDeviationYears
    else { return nil }
    return try? StandardizedDifference(
      mean: mine.meanYears, standardDeviation: spread, versus: other.meanYears,
      standardDeviation: otherSpread
    ).value
  }
}
