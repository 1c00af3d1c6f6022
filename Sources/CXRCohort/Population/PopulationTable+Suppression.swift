// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension PopulationTable {
  /// Hides small counts and what they could be derived from, before a table is shared.
  ///
  /// A count from 1 to one below the limit is hidden, and so is a finding of which all but so few
  /// radiographs are positive. When a single count of a total is hidden, the next smallest of that
  /// total is hidden too; at intersections each sex and each group is such a total. Shares and
  /// differences go with their counts. Differences between the columns of a table, such as a cohort
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
    if let age, age.knownCount < limit { (shown.age, shown.ageDifference) = (nil, nil) }
    shown.sections = sections.map { section in
      let isHidden =
        isTiny ? section.categories.map { _ in true } : hiddenCategories(section, limit)
      return section.hiding(isHidden, limit: limit)
    }
    return shown
  }

  private func hiddenCategories(_ section: Section, _ limit: Int) -> [Bool] {
    let counts = section.categories.map { $0.count ?? 0 }
    if section.attribute == "finding" {
      return counts.map { count in
        let rest = (radiographCount ?? 0) - count
        return (1..<limit).contains(count) || (1..<limit).contains(rest)
      }
    }
    guard section.attribute.contains("*") else {
      return SmallCounts(limit: limit).hidden(counts, totals: [Array(counts.indices)])
    }
    // Categories go by pairs, female and male; what is in no pair is one more part of each sex.
    let sexes = sections.first { $0.attribute == "sex" }?.categories.map { $0.count ?? 0 } ?? []
    let rests = (0..<2).map { sex in
      let known = stride(from: sex, to: counts.count, by: 2).reduce(0) { $0 + counts[$1] }
      return sexes.indices.contains(sex) ? sexes[sex] - known : 0
    }
    let groups = stride(from: 0, to: counts.count, by: 2).map { [$0, $0 + 1] }
    let columns = (0..<2).map { sex in
      Array(stride(from: sex, to: counts.count, by: 2)) + [counts.count + sex]
    }
    return Array(
      SmallCounts(limit: limit).hidden(counts + rests, totals: groups + columns)
        .prefix(counts.count))
  }

  fileprivate func withoutDifferences(hiddenIn reference: Population) -> Population {
    var shown = self
    if reference.age == nil { shown.ageDifference = nil }
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
