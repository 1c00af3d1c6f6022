// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import GRDB

/// The SQLite file that holds everything known of the radiographs: metadata, findings, predictions,
/// thresholds, splits, and where each of them came from.
///
///     let catalog = try Catalog(path: "catalog.sqlite")
///     try catalog.info().datasets.map(\.name)  // ["nih"]
///
/// Every writing method is one transaction: it happens whole or not at all, whatever interrupts it.
/// The file opens in `sqlite3`, Datasette, pandas or DuckDB.
public final class Catalog: Sendable {
  /// What a catalog is opened for.
  public enum Access: Sendable {
    /// Reading and writing; the file is created when it does not exist.
    case create
    /// Reading and writing an existing file.
    case update
    /// Reading an existing file.
    case read
  }

  /// The path of the file, as given.
  public let path: String
  private let queue: DatabaseQueue

  /// Opens a catalog.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - access: What the catalog is opened for.
  /// - Throws: ``CatalogError`` with code `.missing`, `.notACatalog`, `.newerVersion`,
  ///   `.unwritable` or `.locked`.
  public convenience init(path: String, access: Access = .create) throws {
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard !isFolder.boolValue else {
      throw CatalogError(.notACatalog, "\(path) is a folder; name a file with --catalog.")
    }
    guard exists || access == .create else {
      throw CatalogError(
        .missing, "There is no catalog at \(path); ingest a dataset first, or name another file.")
    }
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    configuration.readonly = access == .read
    configuration.label = "catalog"
    let queue = try Self.translating(path) {
      try DatabaseQueue(path: path, configuration: configuration)
    }
    try self.init(path: path, queue: queue)
  }

  /// Creates an empty catalog in memory, for tests and dry runs.
  ///
  /// - Returns: The catalog.
  /// - Throws: ``CatalogError`` if SQLite fails.
  public static func inMemory() throws -> Catalog {
    let path = ":memory:"
    return try Catalog(path: path, queue: translating(path) { try DatabaseQueue() })
  }

  private init(path: String, queue: DatabaseQueue) throws {
    self.path = path
    self.queue = queue
    let found = try read { try CatalogSchema.identify($0, path: path) }
    guard found < CatalogSchema.version else { return }
    // The mode stays with the file, so that opening it later writes nothing.
    try Self.translating(path) {
      try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
    }
    try write { try CatalogSchema.migrate($0) }
  }

  /// Reads within one snapshot of the catalog.
  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.translating(path) { try queue.read(body) }
  }

  /// Writes within one transaction, which a thrown error undoes.
  func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.translating(path) { try queue.write(body) }
  }

  private static func translating<Value>(_ path: String, _ body: () throws -> Value) throws -> Value
  {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw CatalogError(error, path: path)
    }
  }
}
