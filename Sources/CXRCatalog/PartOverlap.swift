// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

/// Parts of a split that share patients, or images with the same pixels.
struct PartOverlap: CustomStringConvertible {
  /// What must not be in two parts.
  enum Kind: String, CaseIterable {
    case patient = "patientID"
    case pixels = "pixelDigest"
  }

  /// What is shared.
  let kind: Kind
  /// The parts, in alphabetical order.
  let parts: [String]
  /// How many patients, or how many images that differ in their pixels, the parts share.
  let count: Int

  /// Such as `3 patients in parts test and train`.
  var description: String {
    let noun = kind == .patient ? "patient" : "image"
    return NumberText.count(count, noun) + " in parts " + NumberText.list(parts)
      + (kind == .pixels ? " by their pixels" : "")
  }

  /// Finds what the parts of a split share.
  ///
  /// - Parameters:
  ///   - splitID: The id of the split.
  ///   - table: The table of members to look at.
  ///   - database: The database.
  /// - Returns: One overlap per kind and set of parts; empty when the parts are disjoint.
  /// - Throws: `DatabaseError` if SQLite fails.
  static func all(
    splitID: Int64, table: String = "splitMember", in database: Database
  ) throws -> [PartOverlap] {
    try Kind.allCases.flatMap { kind in
      try Row.fetchAll(
        database,
        sql: """
          SELECT parts, COUNT(*) FROM (
            SELECT GROUP_CONCAT(part, CHAR(31)) AS parts FROM (
              SELECT DISTINCT \(kind.rawValue) AS shared, part FROM \(table)
              JOIN radiograph ON radiograph.id = radiographID
              WHERE splitID = ? AND \(kind.rawValue) IS NOT NULL ORDER BY 1, 2)
            GROUP BY shared HAVING COUNT(*) > 1)
          GROUP BY parts ORDER BY parts
          """,
        arguments: [splitID]
      ).map { row in
        PartOverlap(
          kind: kind,
          parts: (row[0] as String).split(separator: "\u{1F}").map(String.init).sorted(),
          count: row[1])
      }
    }
  }
}
