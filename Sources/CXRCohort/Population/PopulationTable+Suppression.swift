// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension PopulationTable {
  /// Hides small counts and what they could be derived from, before a table is shared.
  ///
  /// A count from 1 to one below the limit is hidden, and so is a finding of which all but so few
  /// radiographs are positive. Further counts of sex, race, age and their intersections are hidden
  /// until no hidden one follows from sums and differences of what a column shows; bounds on hidden
  /// counts may follow. Shares and differences go with their counts, and the number of known ages
  /// with that of unknown ones; the mean age is then rounded, since an exact one tells of how many
  /// values it is the mean. Differences between the columns of a table, such as a cohort
  /// beside a part of it, are not protected.
  ///
  /// - Parameter limit: Counts below it, but not 0, are hidden; at least 2.
  /// - Returns: The table as it can be shared.
  public func suppressed(below limit: Int) -> PopulationTable {
    precondition(limit > 1, "a limit that hides something")
    var table = self
    table.populations = populations.map { $0.suppressed(below: limit) }
    // A difference from the reference must not tell what the reference hides.
    if let reference, let shown = table.populations.first(where: { $0.name == reference }) {
      table.populations = table.populations.map { $0.withoutDifferences(hiddenIn: shown) }
    }
    if table.populations != populations {
      table.notes.append(
        "Counts below \(limit), and those that would give them away within a column, are hidden.")
    }
    return table
  }
}

extension Population {
  fileprivate func suppressed(below limit: Int) -> Population {
    var shown = self
    let isTiny = [radiographCount, patientCount].contains { ($0 ?? 0) < limit && $0 != 0 }
    if isTiny {
      let reason = "suppressed: <\(limit)"
      (shown.radiographCount, shown.studyCount, shown.patientCount) = (nil, nil, nil)
      (shown.age, shown.ageDifference, shown.reason) = (nil, nil, reason)
    } else if let studyCount, (1..<limit).contains(studyCount) {
      shown.studyCount = nil
    }
    let hidden = CountNetwork(self).hidden(below: limit)
    if let knownCount = age?.knownCount, knownCount < limit {
      (shown.age, shown.ageDifference) = (nil, nil)
    } else if hidden.contains(.knownAges) {
      shown.age = shown.age?.withoutCount
      shown.ageDifference = shown.ageDifference?.rounded(steps: 100)
    }
    shown.sections = sections.map { section in
      let isHidden: [Bool]
      if isTiny {
        isHidden = section.categories.map { _ in true }
      } else if section.attribute == "finding" {
        isHidden = hiddenFindings(section, limit)
      } else {
        isHidden = section.categories.indices.map {
          hidden.contains(.category(attribute: section.attribute, position: $0))
        }
      }
      return section.hiding(isHidden, limit: limit)
    }
    return shown
  }

  /// The findings of which few radiographs are positive, or all but a few.
  private func hiddenFindings(_ section: Section, _ limit: Int) -> [Bool] {
    section.categories.map { category in
      let count = category.count ?? 0
      let rest = (radiographCount ?? 0) - count
      return (1..<limit).contains(count) || (1..<limit).contains(rest)
    }
  }

  fileprivate func withoutDifferences(hiddenIn reference: Population) -> Population {
    var shown = self
    if reference.age == nil {
      shown.ageDifference = nil
    } else if reference.age?.knownCount == nil {
      shown.ageDifference = shown.ageDifference?.rounded(steps: 100)
    }
    for (index, section) in reference.sections.enumerated()
    where shown.sections.indices.contains(index) {
      let isHidden = section.categories.map { $0.reason?.hasPrefix("suppressed") == true }
      if isHidden.contains(true) { shown.sections[index].difference = nil }
      for category in isHidden.indices where isHidden[category] {
        shown.sections[index].categories[category].difference = nil
      }
    }
    return shown
  }
}

extension Population.AgeSummary {
  fileprivate var withoutCount: Population.AgeSummary {
    Population.AgeSummary(
      knownCount: nil, meanYears: meanYears.rounded(steps: 10),
      standardDeviationYears: standardDeviationYears?.rounded(steps: 10))
  }
}

extension Double {
  /// The nearest multiple of one over a number of steps.
  fileprivate func rounded(steps: Double) -> Double { (self * steps).rounded() / steps }
}

extension Population.Section {
  fileprivate func hiding(_ isHidden: [Bool], limit: Int) -> Population.Section {
    var section = self
    if isHidden.contains(true) { section.difference = nil }
    for index in categories.indices where isHidden[index] && categories[index].count != nil {
      let isSmall = (categories[index].count ?? 0) < limit
      section.categories[index].count = nil
      section.categories[index].share = nil
      section.categories[index].difference = nil
      section.categories[index].reason =
        isSmall ? "suppressed: <\(limit)" : "suppressed: would give a count below \(limit) away"
    }
    return section
  }
}
