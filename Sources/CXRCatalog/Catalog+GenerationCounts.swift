// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// Counts what has become of a generation run, in one snapshot.
  ///
  /// - Parameter run: The name of the run.
  /// - Returns: The counts.
  /// - Throws: ``CatalogError`` with code `.unknownName`.
  /// - Complexity: O(number of verdicts).
  public func generationCounts(of run: String) throws -> GenerationCounts {
    try read { database in
      let id = try Self.generationRunID(run, in: database)
      let sources = try Row.fetchAll(
        database,
        sql: """
          SELECT patient.sex, patient.race, radiograph.ageYears, radiograph.id IS NULL AS isLost,
            COUNT(*) AS count
          FROM (
            SELECT DISTINCT sourceDataset, sourceImageName FROM generationPrompt
            WHERE generationRunID = ?
          ) LEFT JOIN dataset ON dataset.name = sourceDataset
          LEFT JOIN radiograph ON radiograph.datasetID = dataset.id AND imageName = sourceImageName
          LEFT JOIN patient ON patient.id = patientID GROUP BY 1, 2, 3, 4
          """, arguments: [id])
      return GenerationCounts(
        items: try Self.itemCounts(runID: id, in: database),
        verdicts: try Row.fetchAll(
          database,
          sql: """
            SELECT sex, race, ageYears, predicate, verdict, COUNT(*) AS count
            FROM generationVerdict JOIN generationPrompt USING (generationRunID, prompt)
            WHERE generationRunID = ? GROUP BY 1, 2, 3, 4, 5
            """, arguments: [id]
        ).map {
          GenerationCounts.Verdicts(
            group: Self.group($0), predicate: $0["predicate"],
            verdict: GenerationVerdict.Verdict(rawValue: $0["verdict"]) ?? .untested,
            count: $0["count"])
        },
        failures: try Row.fetchAll(
          database,
          sql: """
            SELECT sex, race, ageYears, failure, COUNT(*) AS count
            FROM generationAttempt JOIN generationPrompt USING (generationRunID, prompt)
            WHERE generationRunID = ? AND failure IS NOT NULL GROUP BY 1, 2, 3, 4
            """, arguments: [id]
        ).map {
          GenerationCounts.Failures(
            group: Self.group($0), failure: $0["failure"], count: $0["count"])
        },
        sources: sources.filter { !($0["isLost"] as Bool) }.map { (Self.group($0), $0["count"]) },
        lostSourceCount: sources.filter { $0["isLost"] }.reduce(0) { $0 + $1["count"] })
    }
  }

  private static func itemCounts(
    runID: Int64, in database: Database
  ) throws -> [GenerationCounts.Items] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT sex, race, ageYears, state, attemptCount, state = 'accepted' AND EXISTS (
            SELECT 1 FROM generationVerdict AS own
            WHERE own.generationRunID = item.generationRunID AND own.prompt = item.prompt
              AND own.copy = item.copy AND own.attempt = item.attemptCount
              AND own.verdict = 'untested'
          ) AS hasUntested, COUNT(*) AS count
        FROM generationItem AS item JOIN generationPrompt USING (generationRunID, prompt)
        WHERE generationRunID = ? GROUP BY 1, 2, 3, 4, 5, 6
        """, arguments: [runID]
    ).map {
      GenerationCounts.Items(
        group: group($0), state: GenerationItem.State(rawValue: $0["state"]) ?? .open,
        attemptCount: $0["attemptCount"], hasUntested: $0["hasUntested"], count: $0["count"])
    }
  }

  private static func group(_ row: Row) -> GenerationCounts.Group {
    GenerationCounts.Group(
      sex: (row["sex"] as String?).flatMap(Sex.init),
      race: (row["race"] as String?).flatMap(Race.init), ageYears: row["ageYears"])
  }
}
