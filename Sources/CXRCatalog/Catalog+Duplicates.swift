// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

/// A group of radiographs that show the same picture.
public struct DuplicateGroup: Hashable, Sendable {
  /// What the radiographs share, such as the SHA-256 of the first one's pixels.
  public var digest: String
  /// The radiographs: dataset and image name.
  public var members: [Member]

  /// One radiograph of a group.
  public struct Member: Hashable, Sendable {
    /// The name of the dataset.
    public var dataset: String
    /// The name of the image.
    public var imageName: String

    /// Creates a member.
    ///
    /// - Parameters:
    ///   - dataset: The name of the dataset.
    ///   - imageName: The name of the image.
    public init(dataset: String, imageName: String) {
      self.dataset = dataset
      self.imageName = imageName
    }
  }

  /// Creates a group.
  ///
  /// - Parameters:
  ///   - digest: What the radiographs share.
  ///   - members: The radiographs.
  public init(digest: String, members: [Member]) {
    self.digest = digest
    self.members = members
  }
}

extension Catalog {
  /// Marks radiographs as duplicates of one another, so that no split takes them into two parts.
  ///
  /// Former marks of the same datasets are removed. ``verify()`` names the splits that have
  /// duplicates in two parts already.
  ///
  /// - Parameters:
  ///   - groups: The groups, no radiograph in two of them.
  ///   - datasets: The datasets that were searched.
  /// - Throws: ``CatalogError`` with code `.unknownName` for a radiograph that the catalog does not
  ///   have.
  /// - Complexity: O(*n*) for *n* radiographs of the datasets.
  public func markDuplicates(_ groups: [DuplicateGroup], in datasets: [String]) throws {
    try write { database in
      var datasetIDs: [String: Int64] = [:]
      for dataset in datasets {
        let datasetID = try Self.datasetID(dataset, in: database)
        datasetIDs[dataset] = datasetID
        try database.execute(
          sql: """
            UPDATE radiograph SET pixelDigest = NULL
            WHERE datasetID = ? AND pixelDigest IS NOT NULL
            """,
          arguments: [datasetID])
      }
      for group in groups {
        for member in group.members {
          let datasetID =
            try datasetIDs[member.dataset] ?? Self.datasetID(member.dataset, in: database)
          try database.execute(
            sql: "UPDATE radiograph SET pixelDigest = ? WHERE datasetID = ? AND imageName = ?",
            arguments: [group.digest, datasetID, member.imageName])
          guard database.changesCount == 1 else {
            throw CatalogError(
              .unknownName,
              "Dataset \(member.dataset) has no longer all images of the store; build it again.")
          }
        }
      }
    }
  }

  /// Returns which parts of which splits a radiograph is in, as `NAME:PART`.
  ///
  /// - Parameter member: The radiograph.
  /// - Returns: The parts, by the name of the split.
  /// - Throws: ``CatalogError`` if SQLite fails.
  public func parts(of member: DuplicateGroup.Member) throws -> [String: String] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT split.name, part FROM splitMember
          JOIN split ON split.id = splitID JOIN radiograph ON radiograph.id = radiographID
          JOIN dataset ON dataset.id = radiograph.datasetID
          WHERE dataset.name = ? AND imageName = ?
          """,
        arguments: [member.dataset, member.imageName])
      return Dictionary(
        rows.map { ($0[0] as String, $0[1] as String) }, uniquingKeysWith: { first, _ in first })
    }
  }
}
