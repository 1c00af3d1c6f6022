// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// Enters an image store.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - policy: What to do when the name is taken by another store.
  ///   - provenance: How the store was built.
  /// - Returns: Whether anything was written: an equal folder and content digest mean nothing.
  /// - Throws: ``CatalogError`` with code `.conflict` when the name is taken, `.unknownName` for a
  ///   dataset or an image that the catalog does not have, or `CancellationError`.
  /// - Complexity: O(*n*) for *n* radiographs.
  public func addImageStore(
    _ store: ImageStoreContent, onConflict policy: ConflictPolicy = .refuse,
    provenance: Provenance
  ) throws -> WriteOutcome {
    try write { database in
      let former = try Row.fetchOne(
        database, sql: "SELECT id, folder, contentDigest FROM imageStore WHERE name = ?",
        arguments: [store.name])
      if let former {
        if former["folder"] == store.folder, former["contentDigest"] == store.contentDigest {
          return .unchanged
        }
        guard policy == .replace else {
          throw CatalogError(
            .conflict,
            "There already is another image store named \(store.name), in \(former["folder"] as String); "
              + "choose another --name, or enter this one in its place with --replace.")
        }
        try database.execute(
          sql: "DELETE FROM imageStore WHERE id = ?", arguments: [former["id"] as Int64])
      }
      let provenanceID = try Self.insert(provenance, into: database)
      try database.execute(
        sql: """
          INSERT INTO imageStore
            (name, folder, sidePixels, bitDepth, preparation, contentDigest, provenanceID)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          store.name, store.folder, store.sidePixels, store.bitDepth, store.preparation,
          store.contentDigest, provenanceID,
        ])
      try Self.insert(store.images, imageStoreID: database.lastInsertedRowID, into: database)
      return former == nil ? .created : .updated
    }
  }

  private static func insert(
    _ images: [ImageStoreContent.Image], imageStoreID: Int64, into database: Database
  ) throws {
    let insert = try BulkStatement(
      database, "INSERT INTO storedImage VALUES (\(imageStoreID), ?, ?, ?, ?, ?)")
    let select = try BulkStatement(
      database, "SELECT id FROM radiograph WHERE datasetID = ? AND imageName = ?")
    var datasetIDs: [String: Int64] = [:]
    for (number, image) in images.enumerated() {
      if number % 4096 == 0 { try Task.checkCancellation() }
      let datasetID =
        try datasetIDs[image.dataset] ?? Self.datasetID(image.dataset, in: database)
      datasetIDs[image.dataset] = datasetID
      select.bind(datasetID, at: 1)
      select.bind(image.imageName, at: 2)
      guard try select.step() else {
        throw CatalogError(
          .unknownName,
          "Dataset \(image.dataset) has no longer all images of the store; build the store again.")
      }
      insert.bind(select.integer(at: 0), at: 1)
      try select.run()
      insert.bind(image.shard, at: 2)
      insert.bind(image.shardRow, at: 3)
      insert.bind(image.fileSHA256, at: 4)
      insert.bind(image.problem, at: 5)
      try insert.run()
    }
  }

  /// Returns the image stores in numbers, by name.
  ///
  /// - Returns: The stores.
  /// - Throws: ``CatalogError`` if SQLite fails.
  public func imageStores() throws -> [ImageStoreInfo] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT imageStore.*, commandLine FROM imageStore
          JOIN provenance ON provenance.id = provenanceID ORDER BY name
          """
      ).map { row in
        let counts = try Row.fetchAll(
          database,
          sql: "SELECT problem, COUNT(*) FROM storedImage WHERE imageStoreID = ? GROUP BY problem",
          arguments: [row["id"] as Int64])
        var countByProblem: [String: Int] = [:]
        var imageCount = 0
        for count in counts {
          if let problem = count[0] as String? {
            countByProblem[problem] = count[1]
          } else {
            imageCount = count[1]
          }
        }
        return ImageStoreInfo(
          name: row["name"], folder: row["folder"], sidePixels: row["sidePixels"],
          bitDepth: row["bitDepth"], preparation: row["preparation"], imageCount: imageCount,
          problemCounts: countByProblem, commandLine: row["commandLine"])
      }
    }
  }

  /// Returns an image store in numbers.
  ///
  /// - Parameter name: The name of the store.
  /// - Returns: The numbers.
  /// - Throws: ``CatalogError`` with code `.unknownName`.
  public func imageStore(_ name: String) throws -> ImageStoreInfo {
    try read { database in
      _ = try Self.id(
        of: name, kind: "image store", in: database,
        sql: "SELECT name, id FROM imageStore ORDER BY name")
    }
    guard let store = try imageStores().first(where: { $0.name == name }) else {
      throw CatalogError(.unknownName, "There is no image store \(name).")
    }
    return store
  }

  /// Forgets an image store; its files stay.
  ///
  /// - Parameter name: The name of the store.
  /// - Throws: ``CatalogError`` with code `.unknownName`.
  public func removeImageStore(_ name: String) throws {
    try write { database in
      let id = try Self.id(
        of: name, kind: "image store", in: database,
        sql: "SELECT name, id FROM imageStore ORDER BY name")
      try database.execute(sql: "DELETE FROM imageStore WHERE id = ?", arguments: [id])
    }
  }
}
