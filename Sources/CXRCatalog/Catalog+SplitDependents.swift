// SPDX-License-Identifier: Apache-2.0
internal import GRDB

extension Catalog {
  /// Returns what hangs on a split: the splits that are subsets of it, of these and so on, and how many
  /// thresholds were chosen on it.
  ///
  /// - Parameters:
  ///   - name: The name of the split.
  ///   - dataset: The name of the dataset.
  /// - Returns: The names of the subsets, sorted, and the number of thresholds on the split itself.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset or split.
  public func dependents(
    ofSplit name: String, dataset: String
  ) throws -> (subsets: [String], thresholdCount: Int) {
    try read { database in
      let datasetID = try Self.datasetID(dataset, in: database)
      _ = try Self.splitID(name, datasetID: datasetID, in: database)
      let rows = try Row.fetchAll(
        database, sql: "SELECT name, method FROM split WHERE datasetID = ? ORDER BY name",
        arguments: [datasetID])
      var found: Set<String> = []
      var parents = [name]
      while let parent = parents.popLast() {
        let beginning = SplitContent.subsetMethod(of: parent)
        for row in rows where (row["method"] as String).hasPrefix(beginning) {
          if found.insert(row["name"]).inserted { parents.append(row["name"]) }
        }
      }
      let thresholdCount = try Int.fetchOne(
        database,
        sql: """
          SELECT COUNT(*) FROM threshold JOIN predictionRun ON predictionRun.id = predictionRunID
          WHERE split = ? AND datasetID = ?
          """,
        arguments: [name, datasetID])
      return (found.sorted(), thresholdCount ?? 0)
    }
  }
}
