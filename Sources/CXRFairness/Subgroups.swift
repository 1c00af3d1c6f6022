// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// The group of every radiograph by one attribute or by an intersection of several.
///
///     let groups = try Subgroups(of: table, by: [.sex, .age])
///     groups.names  // ["F|18-40", "F|40-60", …]
public struct Subgroups: Sendable {
  /// What the groups are made from, such as `sex*age`.
  public let attribute: String
  /// The groups' names, in reporting order.
  public let names: [String]
  /// The group of each row as a position in ``names``; −1 where it is in none.
  public let codes: [Int]

  /// Creates groups from codes.
  ///
  /// - Parameters:
  ///   - attribute: What the groups are made from.
  ///   - names: The groups' names, in reporting order.
  ///   - codes: The group of each row as a position in `names`, −1 where it is in none.
  /// - Precondition: Every code is −1 or a position in `names`.
  public init(attribute: String, names: [String], codes: [Int]) {
    precondition(codes.allSatisfy { (-1..<names.count).contains($0) }, "codes of named groups")
    self.attribute = attribute
    self.names = names
    self.codes = codes
  }

  /// Groups the rows of a table.
  ///
  /// A row without a value for one of the attributes, or younger than the first age bin, is in no
  /// group. Groups without rows are left out.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - attributes: The attributes; several give their intersection.
  ///   - ageBins: The bins of ages.
  /// - Throws: ``FairnessError`` with code `.noGroups` if no row is in a group.
  public init(
    of table: PredictionTable, by attributes: [SubgroupAttribute], ageBins: AgeBins = .standard
  ) throws(FairnessError) {
    let attribute = attributes.map(\.rawValue).joined(separator: "*")
    let columns = attributes.map { Self.column($0, of: table, ageBins: ageBins) }
    let names = columns.reduce([""]) { prefixes, column in
      prefixes.flatMap { prefix in
        column.names.map { prefix.isEmpty ? $0 : "\(prefix)|\($0)" }
      }
    }
    let codes = (0..<table.rowCount).map { row in
      columns.reduce(0) { code, column in
        guard code >= 0, let value = column.codes[row] else { return -1 }
        return code * column.names.count + value
      }
    }
    var newCodes = [Int](repeating: -1, count: names.count)
    let present = Set(codes).subtracting([-1]).sorted()
    guard !present.isEmpty, !attributes.isEmpty else {
      throw FairnessError(
        .noGroups,
        "No radiograph has a recorded \(attribute) within the groups' bounds, so there are no groups "
          + "to compare.")
    }
    for (new, old) in present.enumerated() { newCodes[old] = new }
    self.init(
      attribute: attribute, names: present.map { names[$0] },
      codes: codes.map { $0 < 0 ? -1 : newCodes[$0] })
  }

  private static func column(
    _ attribute: SubgroupAttribute, of table: PredictionTable, ageBins: AgeBins
  ) -> (names: [String], codes: [Int?]) {
    switch attribute {
    case .sex:
      let all = Sex.allCases
      return (all.map(\.rawValue), table.sexes.map { $0.flatMap(all.firstIndex(of:)) })
    case .race:
      let all = Race.allCases
      return (all.map(\.rawValue), table.races.map { $0.flatMap(all.firstIndex(of:)) })
    case .age:
      return (
        ageBins.names, table.agesYears.map { $0.flatMap { ageBins.index(forAge: $0) } }
      )
    }
  }
}
