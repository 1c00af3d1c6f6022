// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore

/// What a verb needs to know of a radiograph to find and to label its image.
struct RadiographRow {
  let dataset: String
  let imageName: String
  let relativePath: String?
  let view: String
  let sex: String
  let age: String
  let positives: [Finding]

  /// Reads radiographs, ordered by dataset and image name.
  ///
  /// - Parameters:
  ///   - source: The radiographs.
  ///   - catalog: The catalog.
  /// - Returns: The radiographs, at least one.
  /// - Throws: `CatalogError`, with code `.invalidContent` if there is none.
  static func all(of source: RadiographSource, in catalog: Catalog) throws -> [RadiographRow] {
    let columns = try catalog.exportColumns(of: source).map(\.name)
    let column = Dictionary(uniqueKeysWithValues: zip(columns, columns.indices))
    var rows: [RadiographRow] = []
    try catalog.forEachExportedRow(of: source) { fields in
      func field(_ name: String) -> String { column[name].map { fields[$0] } ?? "" }
      let path = field("relativePath")
      rows.append(
        RadiographRow(
          dataset: field("dataset"), imageName: field("imageName"),
          relativePath: path.isEmpty ? nil : path, view: field("view"), sex: field("sex"),
          age: field("ageYears"),
          positives: Finding.allCases.filter {
            field($0.name) == LabelState.positive.word
          }))
    }
    guard !rows.isEmpty else {
      throw CatalogError(.invalidContent, "There is no radiograph in \(source.words).")
    }
    return rows
  }
}
