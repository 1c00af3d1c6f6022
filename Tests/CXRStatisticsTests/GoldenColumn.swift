// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport

/// One model's scores for one label of a golden table, without the rows that do not count for it.
struct GoldenColumn {
  /// The scores that count.
  let scores: [Double]
  /// Their labels.
  let labels: [Bool]
  /// Their rows in the table.
  let rows: [Int]

  /// Picks a column.
  ///
  /// - Parameters:
  ///   - table: A table with columns such as `y_Edema` and `a_Edema`.
  ///   - model: The model's letter.
  ///   - label: The label's name.
  ///   - isIncluded: Which rows may take part.
  /// - Throws: ``GoldenJSON/Mismatch`` if a column is missing.
  init(
    _ table: GoldenTable, model: String, label: String,
    where isIncluded: (Int) -> Bool = { _ in true }
  ) throws {
    let states = try table.labels("y_\(label)")
    let column = try table.numbers("\(model)_\(label)")
    rows = states.indices.filter { states[$0] != nil && isIncluded($0) }
    scores = rows.map { column[$0] }
    labels = rows.compactMap { states[$0] }
  }

  /// The sorted scores.
  func ranked() throws -> RankedScores { try RankedScores(scores: scores, labels: labels) }
}

/// The golden tables, each read once.
enum GoldenTables {
  /// The names of the tables of test predictions that are stored.
  static let predictions = ["pred_n200", "pred_n5000", "pred_n5000_uncertain"]

  private static let tables = Dictionary(
    uniqueKeysWithValues: (predictions + ["val_n4000", "asah", "hanley_mcneil_1982"]).map { name in
      (name, Result { try Golden.table(name) })
    })

  /// Returns a table.
  ///
  /// - Parameter name: The file's name without extension.
  /// - Returns: The table.
  /// - Throws: ``GoldenJSON/Mismatch`` if it is not one of those above, or unreadable.
  static func table(_ name: String) throws -> GoldenTable {
    guard let table = tables[name] else { throw GoldenJSON.Mismatch(description: name) }
    return try table.get()
  }
}
