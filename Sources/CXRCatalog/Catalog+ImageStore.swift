// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import Foundation
internal import GRDB

extension Catalog {
  /// Enters an image store.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - policy: What to do when the name is taken by another store.
  ///   - provenance: How the store was built; its options are the ``RadiographSource`` that it was
  ///     built of, as JSON, where there is one.
  /// - Returns: Whether anything was written: an equal folder and content digest mean nothing, as long
  ///   as the catalog has kept all of its radiographs.
  /// - Throws: ``CatalogError`` with code `.conflict` when the name is taken by a store in another
  ///   folder, `.unknownName` for a
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
        let isSameFolder = former["folder"] == store.folder
        let stored = try Self.count(
          "storedImage WHERE imageStoreID = \(former["id"] as Int64)", in: database)
        if isSameFolder, former["contentDigest"] == store.contentDigest,
          stored == store.images.count
        {
          return .unchanged
        }
        // A build that went on in the folder of the store has changed that store already.
        guard isSameFolder || policy == .replace else {
          throw CatalogError(
            .conflict,
            "There already is another image store named \(store.name), in \(former["folder"] as String); "
              + "choose another --name, or enter this one in its place with --replace.")
        }
        try database.execute(
          sql: "DELETE FROM imageStore WHERE id = ?", arguments: [former["id"] as Int64])
      }
      var provenance = provenance
      provenance.recordsKept = store.images.count { $0.shard != nil }
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
    try read { try Self.imageStoreInfo(in: $0) }
  }

  static func imageStoreInfo(in database: Database) throws -> [ImageStoreInfo] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT imageStore.*, commandLine, recordsKept, optionsJSON FROM imageStore
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
        problemCounts: countByProblem,
        vanishedCount: max(0, row["recordsKept"] - imageCount),
        unstoredCounts: try unstoredCounts(
          row["id"], source: row["optionsJSON"], in: database),
        commandLine: row["commandLine"])
    }
  }

  /// The radiographs of the source of a store that the store does not have, by dataset.
  ///
  /// - Returns: Numbers above 0; `nil` if the source is not known or its names are gone.
  private static func unstoredCounts(
    _ id: Int64, source json: String, in database: Database
  ) throws -> [String: Int]? {
    guard let source = try? JSONDecoder().decode(RadiographSource.self, from: Data(json.utf8)),
      source.dataset != nil || source.cohort != nil
    else { return nil }
    let condition: RadiographCondition
    do {
      condition = try RadiographCondition(source, in: database)
    } catch let error as CatalogError where error.code == .unknownName {
      return nil
    }
    let select = try BulkStatement(
      database,
      """
      SELECT dataset.name, COUNT(*) FROM radiograph JOIN dataset ON dataset.id = datasetID
      WHERE \(condition.sql) AND radiograph.id NOT IN
        (SELECT radiographID FROM storedImage WHERE imageStoreID = \(id))
      GROUP BY 1
      """)
    condition.bind(to: select)
    var counts: [String: Int] = [:]
    while try select.step() {
      if let name = select.text(at: 0) { counts[name] = Int(select.integer(at: 1)) }
    }
    return counts
  }

  /// Returns the names of a dataset's images.
  ///
  /// - Parameter dataset: The name of the dataset.
  /// - Returns: The names; none for a dataset that the catalog does not have.
  /// - Throws: ``CatalogError`` if SQLite fails.
  /// - Complexity: O(*n*) for *n* radiographs.
  public func imageNames(dataset: String) throws -> Set<String> {
    try read { database in
      let select = try BulkStatement(
        database,
        """
        SELECT imageName FROM radiograph JOIN dataset ON dataset.id = datasetID
        WHERE dataset.name = ?
        """)
      select.bind(dataset, at: 1)
      var names: Set<String> = []
      while try select.step() { if let name = select.text(at: 0) { names.insert(name) } }
      return names
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
