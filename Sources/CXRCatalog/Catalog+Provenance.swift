// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import Foundation
internal import GRDB

extension Catalog {
  /// Stores how something came into the catalog.
  ///
  /// - Returns: The id of the row.
  static func insert(_ provenance: Provenance, into database: Database) throws -> Int64 {
    try database.execute(
      sql: """
        INSERT INTO provenance (verb, commandLine, softwareVersion, startedAt, finishedAt,
          recordsRead, recordsKept, optionsJSON) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        provenance.verb, provenance.commandLine, Version.current, provenance.startedAt,
        Date.now.formatted(.iso8601), provenance.recordsRead, provenance.recordsKept,
        provenance.optionsJSON,
      ])
    let id = database.lastInsertedRowID
    for source in provenance.sources {
      try database.execute(
        sql: "INSERT INTO provenanceSource VALUES (?, ?, ?, ?, ?)",
        arguments: [id, source.role, source.fileName, source.sha256, source.byteCount])
    }
    for (position, step) in provenance.flow.enumerated() {
      try database.execute(
        sql: "INSERT INTO flow VALUES (?, ?, ?, ?)",
        arguments: [id, position, step.name, step.count])
    }
    for diagnostic in provenance.diagnostics {
      try database.execute(
        sql: """
          INSERT INTO diagnostic (provenanceID, severity, code, message, file, line, count)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          id, diagnostic.severity.rawValue, diagnostic.code, diagnostic.message, diagnostic.file,
          diagnostic.line, diagnostic.count,
        ])
    }
    return id
  }
}
