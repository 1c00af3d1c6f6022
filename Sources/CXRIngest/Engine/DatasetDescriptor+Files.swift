// SPDX-License-Identifier: Apache-2.0

extension DatasetDescriptor {
  /// The files and folders that hold the tables of the dataset, as an ingest would read them.
  ///
  /// - Parameters:
  ///   - root: The folder of the dataset.
  ///   - tables: Other files for tables, by table.
  /// - Returns: The paths, in the order of the tables; optional ones that are not there are left out.
  /// - Throws: ``IngestError`` with code `.missingInput`, naming what was looked for.
  public func files(in root: String, tables: [String: String] = [:]) throws(IngestError) -> [String]
  {
    let folder = try DatasetFolder(path: root)
    var paths: [String] = []
    for rule in self.tables {
      let table = try LocatedTable(rule, in: folder, replacement: tables[rule.name])
      paths += table?.paths ?? []
    }
    return paths
  }
}
