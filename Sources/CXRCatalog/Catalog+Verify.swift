// SPDX-License-Identifier: Apache-2.0
internal import GRDB

extension Catalog {
  /// Checks that the catalog is whole and consistent.
  ///
  /// - Returns: Every check, passed or not.
  /// - Throws: ``CatalogError`` if the file cannot be read at all.
  public func verify() throws -> [CatalogCheck] {
    try read { database in
      [
        CatalogCheck(
          name: "the file is intact",
          problems: try String.fetchAll(database, sql: "PRAGMA integrity_check(20)")
            .filter { $0 != "ok" }),
        CatalogCheck(
          name: "every reference leads somewhere",
          problems: try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").prefix(20).map {
            "a row of \($0[0] as String) refers to a missing row of \($0[2] as String)"
          }),
        try Self.check(
          "every radiograph has its findings", in: database,
          counting: "radiograph WHERE id NOT IN (SELECT radiographID FROM finding)",
          as: "radiographs without findings"),
        try Self.check(
          "every patient has a radiograph", in: database,
          counting: "patient WHERE id NOT IN (SELECT patientID FROM radiograph)",
          as: "patients without radiographs"),
        try Self.check(
          "a radiograph and its patient are of one dataset", in: database,
          counting: """
            radiograph JOIN patient ON patient.id = patientID
            WHERE patient.datasetID <> radiograph.datasetID
            """,
          as: "radiographs with a patient of another dataset"),
        CatalogCheck(
          name: "no patient and no image is in two parts of a split",
          problems: try Row.fetchAll(database, sql: "SELECT id, name FROM split ORDER BY id")
            .flatMap { row in
              try PartOverlap.all(splitID: row["id"], in: database).map {
                "split \(row["name"] as String): \($0)"
              }
            }),
        CatalogCheck(
          name: "every score is of its run's dataset",
          problems: try Self.foreignScores(in: database)),
      ]
    }
  }

  private static func check(
    _ name: String, in database: Database, counting rows: String, as problem: String
  ) throws -> CatalogCheck {
    let count = try count(rows, in: database)
    return CatalogCheck(name: name, problems: count == 0 ? [] : ["\(count) \(problem)"])
  }

  private static func foreignScores(in database: Database) throws -> [String] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT model, COUNT(*) FROM predictionRun
        JOIN predictionLabel ON predictionRunID = predictionRun.id
        JOIN prediction ON predictionLabelID = predictionLabel.id
        JOIN radiograph ON radiograph.id = radiographID
        WHERE radiograph.datasetID <> predictionRun.datasetID GROUP BY model
        """
    ).map { "\($0[0] as String): \($0[1] as Int) scores of another dataset's radiographs" }
  }
}
