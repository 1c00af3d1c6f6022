// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// Stores a split.
  ///
  ///     try catalog.addSplit(split, dataset: "nih", provenance: provenance)  // .created
  ///
  /// - Parameters:
  ///   - split: The split; images that the dataset does not have are ignored.
  ///   - dataset: The name of the dataset.
  ///   - policy: What to do when the name is taken by another split.
  ///   - provenance: How the split was made.
  /// - Returns: Whether anything was written: the same split again means nothing.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset, `.conflict` when the
  ///   name is taken, `.invalidContent` when a patient is in two parts.
  public func addSplit(
    _ split: SplitContent, dataset: String, onConflict policy: ConflictPolicy = .refuse,
    provenance: Provenance
  ) throws -> WriteOutcome {
    try addSplits([split], dataset: dataset, onConflict: policy, provenance: provenance)[0]
  }

  /// Stores several splits in one transaction: all of them or none.
  ///
  /// - Parameters:
  ///   - splits: The splits; images that the dataset does not have are ignored.
  ///   - dataset: The name of the dataset.
  ///   - policy: What to do when a name is taken by another split.
  ///   - provenance: How the splits were made.
  /// - Returns: Whether anything was written, for each split: the same split again means nothing.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset, `.conflict` when a
  ///   name is taken, `.invalidContent` when a patient is in two parts.
  public func addSplits(
    _ splits: [SplitContent], dataset: String, onConflict policy: ConflictPolicy = .refuse,
    provenance: Provenance
  ) throws -> [WriteOutcome] {
    let idByName = try radiographIDs(dataset: dataset)
    return try write { database in
      let datasetID = try Self.datasetID(dataset, in: database)
      var provenanceID: Int64?
      return try splits.map { split in
        let former = try Self.storedSplit(split.name, datasetID: datasetID, in: database)
        if let former {
          var stored = split.partByImageName
          if stored.count != former.partByImageName.count {
            stored = stored.filter { idByName[$0.key] != nil }
          }
          let isSame =
            former.method == split.method && former.seed == split.seed
            && former.detail == split.detail && former.partByImageName == stored
          if isSame { return .unchanged }
          guard policy == .replace else {
            throw CatalogError(
              .conflict,
              "\(dataset) already has another split \(split.name); choose another --name, or replace "
                + "it with --replace.")
          }
        }
        let id = try provenanceID ?? Self.insert(provenance, into: database)
        provenanceID = id
        try SplitWriter(database: database, datasetID: datasetID)
          .write(split, idByName: idByName, provenanceID: id)
        return former == nil ? .created : .updated
      }
    }
  }

  /// Removes a split, and the thresholds that were chosen on it.
  ///
  /// - Parameters:
  ///   - name: The name of the split.
  ///   - dataset: The name of the dataset.
  ///   - provenance: The command that removes it.
  /// - Returns: The number of thresholds that went with it.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset or split.
  public func removeSplit(
    _ name: String, dataset: String, provenance: Provenance
  ) throws -> Int {
    try removeSplits([name], dataset: dataset, provenance: provenance)
  }

  /// Removes several splits in one transaction, and the thresholds that were chosen on them.
  ///
  /// - Parameters:
  ///   - names: The names of the splits.
  ///   - dataset: The name of the dataset.
  ///   - provenance: The command that removes them.
  /// - Returns: The number of thresholds that went with them.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset or split.
  public func removeSplits(
    _ names: [String], dataset: String, provenance: Provenance
  ) throws -> Int {
    try write { database in
      let datasetID = try Self.datasetID(dataset, in: database)
      let before = try Self.count("threshold", in: database)
      for name in names {
        _ = try Self.splitID(name, datasetID: datasetID, in: database)
        try SplitWriter(database: database, datasetID: datasetID).remove(name)
      }
      _ = try Self.insert(provenance, into: database)
      return try before - Self.count("threshold", in: database)
    }
  }

  /// Returns the patient of every radiograph of a dataset.
  ///
  /// - Parameter dataset: The name of the dataset.
  /// - Returns: The patients' keys by image name.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset.
  public func patientKeys(dataset: String) throws -> [String: String] {
    try read { database in
      let datasetID = try Self.datasetID(dataset, in: database)
      return try Self.pairs(
        """
        SELECT imageName, patientKey FROM radiograph JOIN patient ON patient.id = patientID
        WHERE radiograph.datasetID = \(datasetID)
        """,
        in: database)
    }
  }

  /// Returns a stored split.
  ///
  /// - Parameters:
  ///   - name: The name of the split.
  ///   - dataset: The name of the dataset.
  /// - Returns: The split.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown dataset or split.
  public func split(_ name: String, dataset: String) throws -> SplitContent {
    try read { database in
      let datasetID = try Self.datasetID(dataset, in: database)
      _ = try Self.splitID(name, datasetID: datasetID, in: database)
      guard let split = try Self.storedSplit(name, datasetID: datasetID, in: database) else {
        throw CatalogError(.unknownName, "There is no split \(name).")
      }
      return split
    }
  }

  private static func storedSplit(
    _ name: String, datasetID: Int64, in database: Database
  ) throws -> SplitContent? {
    let row = try Row.fetchOne(
      database, sql: "SELECT * FROM split WHERE datasetID = ? AND name = ?",
      arguments: [datasetID, name])
    guard let row else { return nil }
    let id: Int64 = row["id"]
    return SplitContent(
      name: name, method: row["method"], seed: row["seed"], detail: row["detail"],
      partByImageName: try pairs(
        """
        SELECT imageName, part FROM splitMember JOIN radiograph ON radiograph.id = radiographID
        WHERE splitID = \(id)
        """,
        in: database))
  }

  private static func pairs(_ sql: String, in database: Database) throws -> [String: String] {
    let select = try BulkStatement(database, sql)
    var pairs: [String: String] = [:]
    while try select.step() {
      if let key = select.text(at: 0) { pairs[key] = select.text(at: 1) }
    }
    return pairs
  }
}
