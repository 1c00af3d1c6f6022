// SPDX-License-Identifier: Apache-2.0
internal import CXRFairness

/// Which groups are large enough to be compared, and the sizes of those that are not.
struct GroupSizes: Sendable {
  /// The groups that are compared; rows of the others belong to no group.
  let compared: Subgroups
  /// The names of all groups, in reporting order.
  let names: [String]
  /// The number of radiographs of each group.
  let counts: [Int]
  /// The number of radiographs that belong to no group at all.
  let ungroupedCount: Int

  init(_ grouping: Subgroups, minimum: Int) {
    var counts = [Int](repeating: 0, count: grouping.names.count)
    for code in grouping.codes where code >= 0 { counts[code] += 1 }
    let kept = counts.indices.filter { counts[$0] >= minimum }
    let codeOfKept = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    self.compared = Subgroups(
      attribute: grouping.attribute, names: kept.map { grouping.names[$0] },
      codes: grouping.codes.map { codeOfKept[$0] ?? -1 })
    self.names = grouping.names
    self.counts = counts
    self.ungroupedCount = grouping.codes.count { $0 < 0 }
  }
}
