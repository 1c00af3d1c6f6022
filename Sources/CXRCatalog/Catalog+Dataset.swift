// SPDX-License-Identifier: Apache-2.0
internal import GRDB

extension Catalog {
  /// Makes the catalog hold a dataset as it was read.
  ///
  /// A radiograph keeps its id, and with it its predictions and its place in splits, as long as the
  /// dataset has an image of its name; images that are gone are removed.
  ///
  /// - Parameters:
  ///   - content: The dataset.
  ///   - policy: What to do when images are gone that the catalog has.
  ///   - provenance: How it was read.
  /// - Returns: Whether anything was written: equal content digests mean nothing.
  /// - Throws: ``CatalogError``, with code `.conflict` when images are gone and that is refused, or
  ///   `CancellationError` when the task was cancelled; the catalog then is as it was before.
  /// - Precondition: The indices of the radiographs are valid.
  /// - Complexity: O(*n* log *n*) for *n* radiographs.
  public func replaceDataset(
    _ content: DatasetContent, onConflict policy: ConflictPolicy = .refuse,
    provenance: Provenance
  ) throws -> WriteOutcome {
    try write { database in
      let former = try Row.fetchOne(
        database, sql: "SELECT id, contentDigest FROM dataset WHERE name = ?",
        arguments: [content.name])
      if let former, former["contentDigest"] == content.contentDigest { return .unchanged }
      let provenanceID = try Self.insert(provenance, into: database)
      let datasetID = try Self.upsertDataset(content, provenanceID: provenanceID, in: database)
      try DatasetWriter(
        database: database, datasetID: datasetID, content: content, conflictPolicy: policy
      ).write(provenanceID: provenanceID)
      return former == nil ? .created : .updated
    }
  }

  /// Returns whether the catalog holds a dataset with a content digest.
  ///
  /// - Parameters:
  ///   - name: The name of the dataset.
  ///   - contentDigest: What identifies the sources and the options.
  /// - Returns: `true` when ingesting it again would change nothing.
  /// - Throws: ``CatalogError`` if SQLite fails.
  public func holdsDataset(_ name: String, contentDigest: String) throws -> Bool {
    try read { database in
      try Bool.fetchOne(
        database, sql: "SELECT EXISTS (SELECT 1 FROM dataset WHERE name = ? AND contentDigest = ?)",
        arguments: [name, contentDigest]) ?? false
    }
  }

  private static func upsertDataset(
    _ content: DatasetContent, provenanceID: Int64, in database: Database
  ) throws -> Int64 {
    try Int64.fetchOne(
      database,
      sql: """
        INSERT INTO dataset (name, title, labelSource, ageSource, contentDigest, provenanceID,
          suggestedPolicy, descriptor)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET title = excluded.title,
          labelSource = excluded.labelSource, ageSource = excluded.ageSource,
          contentDigest = excluded.contentDigest, provenanceID = excluded.provenanceID,
          suggestedPolicy = excluded.suggestedPolicy, descriptor = excluded.descriptor
        RETURNING id
        """,
      arguments: [
        content.name, content.title, content.labelSource, content.ageSource,
        content.contentDigest, provenanceID, content.suggestedPolicy, content.descriptor,
      ]) ?? 0
  }
}
