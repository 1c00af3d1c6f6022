// SPDX-License-Identifier: Apache-2.0
internal import GRDB

extension Catalog {
  /// Counts what datasets, cohorts, splits and prompt sets have, and nothing else.
  ///
  /// - Returns: The counts.
  /// - Throws: ``CatalogError`` if SQLite fails.
  /// - Complexity: One pass over the radiographs, the members and the prompts.
  public func sizes() throws -> CatalogSizes {
    try read { database in
      func rows(_ sql: String) throws -> [(names: [String], count: Int)] {
        try Row.fetchAll(database, sql: sql).map { row in
          ((0..<row.count - 1).map { row[$0] as String }, row[row.count - 1])
        }
      }
      var sizes = CatalogSizes()
      for (names, count) in try rows(
        """
        SELECT dataset.name, COUNT(*) FROM radiograph
        JOIN dataset ON dataset.id = datasetID GROUP BY datasetID
        """)
      {
        sizes.datasets[names[0]] = count
      }
      for (names, count) in try rows(
        """
        SELECT cohort.name, dataset.name, COUNT(*) FROM cohortMember
        JOIN cohort ON cohort.id = cohortID JOIN radiograph ON radiograph.id = radiographID
        JOIN dataset ON dataset.id = radiograph.datasetID GROUP BY cohort.id, dataset.id
        """)
      {
        sizes.cohorts[names[0], default: [:]][names[1]] = count
      }
      for (names, count) in try rows(
        """
        SELECT dataset.name, split.name, part, COUNT(*) FROM splitMember
        JOIN split ON split.id = splitID JOIN dataset ON dataset.id = split.datasetID
        GROUP BY split.id, part
        """)
      {
        sizes.splits[names[0], default: [:]][names[1], default: [:]][names[2]] = count
      }
      for (names, count) in try rows(
        """
        SELECT promptSet.name, COUNT(*) FROM prompt
        JOIN promptSet ON promptSet.id = promptSetID GROUP BY promptSetID
        """)
      {
        sizes.prompts[names[0]] = count
      }
      return sizes
    }
  }
}
