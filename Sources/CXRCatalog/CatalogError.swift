// SPDX-License-Identifier: Apache-2.0
internal import GRDB

/// An error raised by the catalog.
public struct CatalogError: Error, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// There is no catalog at the path.
    case missing
    /// The file is no catalog, or is damaged.
    case notACatalog
    /// The catalog was written by a newer version.
    case newerVersion
    /// The catalog cannot be written: read-only, or the disk is full.
    case unwritable
    /// Another process holds the catalog.
    case locked
    /// A name is not in the catalog.
    case unknownName
    /// A name is taken by other content.
    case conflict
    /// What was given breaks a rule of the catalog.
    case invalidContent
    /// SQLite failed for another reason.
    case database
  }

  /// The kind of failure.
  public let code: Code
  /// What was expected, what was found, and the remedy.
  public let message: String
  /// The underlying error, if any.
  public let cause: (any Error)?

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - code: The kind of failure.
  ///   - message: What was expected, what was found, and the remedy.
  ///   - cause: The underlying error, if any.
  public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }

  /// One line: kind, message, cause.
  public var description: String {
    "\(code.rawValue): \(message)" + (cause.map { " (\($0))" } ?? "")
  }

  /// Says in the catalog's words what SQLite reports.
  init(_ error: DatabaseError, path: String) {
    switch error.resultCode {
    case .SQLITE_NOTADB, .SQLITE_CORRUPT:
      self.init(
        .notACatalog,
        "\(path) is not an intact catalog; name another file with --catalog, or ingest anew.",
        cause: error)
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
      self.init(
        .unwritable,
        "\(path) cannot be opened or written; check that the file and its folder are writable.",
        cause: error)
    case .SQLITE_FULL, .SQLITE_IOERR:
      self.init(
        .unwritable, "\(path) cannot be written; check the free space. Nothing was changed.",
        cause: error)
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        .locked, "\(path) is in use by another process; try again when it is done.", cause: error)
    case .SQLITE_CONSTRAINT:
      self.init(
        .invalidContent, "\(path): a record breaks a rule of the catalog. Nothing was changed.",
        cause: error)
    default:
      self.init(.database, "\(path): SQLite failed.", cause: error)
    }
  }
}
