// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

/// The tables of the catalog and the steps that lead from one version of them to the next.
enum CatalogSchema {
  /// The version that this program reads and writes: the number of migrations.
  static var version: Int { migrations.count }

  /// "cxr1" in ASCII: marks an SQLite file as a catalog.
  private static let applicationID = 0x6378_7231

  private static let migrations: [@Sendable (Database) throws -> Void] = [
    { try $0.execute(sql: firstVersion) },
    { try $0.execute(sql: secondVersion) },
    { try $0.execute(sql: imageVersion) },
    { try $0.execute(sql: trainingVersion) },
    { try $0.execute(sql: generationVersion) },
    { try $0.execute(sql: formerFilesVersion) },
    { try $0.execute(sql: promptFindingsVersion) },
  ]

  /// Checks that a database is a catalog, or still empty.
  ///
  /// - Returns: The version of the catalog; 0 for an empty database.
  static func identify(_ database: Database, path: String) throws -> Int {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let identity = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let tableCount = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_schema") ?? 0
    guard identity == applicationID || tableCount == 0 else {
      throw CatalogError(
        .notACatalog,
        "\(path) is an SQLite file but no catalog; name another file with --catalog.")
    }
    guard version <= Self.version else {
      throw CatalogError(
        .newerVersion,
        "\(path) has schema version \(version), this program knows \(Self.version); "
          + "use the newer program that wrote it.")
    }
    return tableCount == 0 ? 0 : version
  }

  /// Brings a database to the current version.
  static func migrate(_ database: Database) throws {
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    for migration in migrations.dropFirst(found) { try migration(database) }
    try database.execute(
      sql: "PRAGMA user_version = \(version); PRAGMA application_id = \(applicationID)")
  }

  /// A condition that holds for the raw values of a type.
  ///
  /// A chain of comparisons, because SQLite builds a table for every evaluation of `IN`, which
  /// doubles the time of an insertion.
  static func isWord<Value: CaseIterable & RawRepresentable<String>>(
    _ column: String, of type: Value.Type
  ) -> String {
    type.allCases.map { "\(column) = '\($0.rawValue)'" }.joined(separator: " OR ")
  }

  private static let findingColumns = Finding.allCases.map { finding in
    "\(finding.columnName) INTEGER NOT NULL CHECK (\(finding.columnName) BETWEEN 0 AND 4)"
  }.joined(separator: ",\n  ")

  private static let findingWords = Finding.allCases.map { finding in
    "(SELECT word FROM findingState WHERE code = finding.\(finding.columnName))"
      + " AS \(finding.columnName)"
  }.joined(separator: ",\n  ")

  private static let findingStates = LabelState.allCases.map { "(\($0.rawValue), '\($0.word)')" }
    .joined(separator: ", ")

  private static let firstVersion = """
    CREATE TABLE provenance (
      id INTEGER PRIMARY KEY,
      verb TEXT NOT NULL,
      commandLine TEXT NOT NULL,
      softwareVersion TEXT NOT NULL,
      startedAt TEXT NOT NULL,
      finishedAt TEXT NOT NULL,
      recordsRead INTEGER NOT NULL CHECK (recordsRead >= 0),
      recordsKept INTEGER NOT NULL CHECK (recordsKept BETWEEN 0 AND recordsRead),
      optionsJSON TEXT NOT NULL
    ) STRICT;
    CREATE TABLE provenanceSource (
      provenanceID INTEGER NOT NULL REFERENCES provenance(id) ON DELETE CASCADE,
      role TEXT NOT NULL,
      fileName TEXT NOT NULL,
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      byteCount INTEGER NOT NULL,
      PRIMARY KEY (provenanceID, role)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE diagnostic (
      id INTEGER PRIMARY KEY,
      provenanceID INTEGER NOT NULL REFERENCES provenance(id) ON DELETE CASCADE,
      severity TEXT NOT NULL CHECK (\(isWord("severity", of: Diagnostic.Severity.self))),
      code TEXT NOT NULL,
      message TEXT NOT NULL,
      file TEXT,
      line INTEGER,
      count INTEGER NOT NULL CHECK (count > 0)
    ) STRICT;
    CREATE INDEX diagnosticOfProvenance ON diagnostic(provenanceID);
    CREATE TABLE flow (
      provenanceID INTEGER NOT NULL REFERENCES provenance(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      step TEXT NOT NULL,
      count INTEGER NOT NULL CHECK (count >= 0),
      PRIMARY KEY (provenanceID, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE dataset (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      title TEXT NOT NULL,
      labelSource TEXT NOT NULL,
      ageSource TEXT NOT NULL,
      contentDigest TEXT NOT NULL,
      provenanceID INTEGER NOT NULL REFERENCES provenance(id)
    ) STRICT;
    CREATE TABLE patient (
      id INTEGER PRIMARY KEY,
      datasetID INTEGER NOT NULL REFERENCES dataset(id) ON DELETE CASCADE,
      patientKey TEXT NOT NULL,
      sex TEXT CHECK (\(isWord("sex", of: Sex.self))),
      race TEXT CHECK (\(isWord("race", of: Race.self))),
      UNIQUE (datasetID, patientKey)
    ) STRICT;
    CREATE TABLE study (
      id INTEGER PRIMARY KEY,
      patientID INTEGER NOT NULL REFERENCES patient(id) ON DELETE CASCADE,
      studyKey TEXT NOT NULL,
      UNIQUE (patientID, studyKey)
    ) STRICT;
    CREATE TABLE radiograph (
      id INTEGER PRIMARY KEY,
      datasetID INTEGER NOT NULL REFERENCES dataset(id) ON DELETE CASCADE,
      patientID INTEGER NOT NULL REFERENCES patient(id) ON DELETE CASCADE,
      studyID INTEGER REFERENCES study(id) ON DELETE SET NULL,
      imageName TEXT NOT NULL,
      relativePath TEXT,
      view TEXT NOT NULL CHECK (\(isWord("view", of: View.self))),
      viewSource TEXT NOT NULL CHECK (\(isWord("viewSource", of: ViewSource.self))),
      nativeView TEXT,
      ageYears REAL CHECK (ageYears BETWEEN 0 AND 120),
      followUpNumber INTEGER,
      widthPixels INTEGER CHECK (widthPixels > 0),
      heightPixels INTEGER CHECK (heightPixels > 0),
      pixelSpacingXMM REAL CHECK (pixelSpacingXMM > 0),
      pixelSpacingYMM REAL CHECK (pixelSpacingYMM > 0),
      UNIQUE (datasetID, imageName)
    ) STRICT;
    CREATE INDEX radiographOfPatient ON radiograph(patientID);
    CREATE INDEX radiographOfStudy ON radiograph(studyID) WHERE studyID IS NOT NULL;

    CREATE TABLE findingState (code INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
    INSERT INTO findingState VALUES \(findingStates);
    CREATE TABLE finding (
      radiographID INTEGER PRIMARY KEY REFERENCES radiograph(id) ON DELETE CASCADE,
      \(findingColumns)
    ) STRICT;
    CREATE VIEW findingInWords AS SELECT
      dataset.name AS dataset, radiograph.imageName AS imageName,
      \(findingWords)
    FROM finding
    JOIN radiograph ON radiograph.id = finding.radiographID
    JOIN dataset ON dataset.id = radiograph.datasetID;

    CREATE TABLE nativeLabel (
      id INTEGER PRIMARY KEY,
      datasetID INTEGER NOT NULL REFERENCES dataset(id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      finding TEXT CHECK (\(isWord("finding", of: Finding.self))),
      UNIQUE (datasetID, name)
    ) STRICT;
    CREATE TABLE radiographNativeLabel (
      radiographID INTEGER NOT NULL REFERENCES radiograph(id) ON DELETE CASCADE,
      nativeLabelID INTEGER NOT NULL REFERENCES nativeLabel(id) ON DELETE CASCADE,
      PRIMARY KEY (radiographID, nativeLabelID)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE box (
      id INTEGER PRIMARY KEY,
      radiographID INTEGER NOT NULL REFERENCES radiograph(id) ON DELETE CASCADE,
      label TEXT NOT NULL,
      x REAL NOT NULL,
      y REAL NOT NULL,
      width REAL NOT NULL CHECK (width > 0),
      height REAL NOT NULL CHECK (height > 0)
    ) STRICT;
    CREATE INDEX boxOfRadiograph ON box(radiographID);

    CREATE TABLE split (
      id INTEGER PRIMARY KEY,
      datasetID INTEGER NOT NULL REFERENCES dataset(id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      method TEXT NOT NULL,
      seed INTEGER,
      detail TEXT NOT NULL,
      provenanceID INTEGER NOT NULL REFERENCES provenance(id),
      UNIQUE (datasetID, name)
    ) STRICT;
    CREATE TABLE splitMember (
      splitID INTEGER NOT NULL REFERENCES split(id) ON DELETE CASCADE,
      radiographID INTEGER NOT NULL REFERENCES radiograph(id) ON DELETE CASCADE,
      part TEXT NOT NULL,
      PRIMARY KEY (splitID, radiographID)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE predictionRun (
      id INTEGER PRIMARY KEY,
      datasetID INTEGER NOT NULL REFERENCES dataset(id) ON DELETE CASCADE,
      model TEXT NOT NULL,
      fileName TEXT NOT NULL,
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      contentDigest TEXT NOT NULL,
      imageCount INTEGER NOT NULL,
      unknownImageCount INTEGER NOT NULL,
      provenanceID INTEGER NOT NULL REFERENCES provenance(id),
      UNIQUE (datasetID, model)
    ) STRICT;
    CREATE TABLE predictionLabel (
      id INTEGER PRIMARY KEY,
      predictionRunID INTEGER NOT NULL REFERENCES predictionRun(id) ON DELETE CASCADE,
      label TEXT NOT NULL,
      sourceColumn TEXT NOT NULL,
      UNIQUE (predictionRunID, label)
    ) STRICT;
    CREATE TABLE prediction (
      predictionLabelID INTEGER NOT NULL REFERENCES predictionLabel(id) ON DELETE CASCADE,
      radiographID INTEGER NOT NULL REFERENCES radiograph(id) ON DELETE CASCADE,
      score REAL NOT NULL,
      PRIMARY KEY (predictionLabelID, radiographID)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE threshold (
      predictionRunID INTEGER NOT NULL REFERENCES predictionRun(id) ON DELETE CASCADE,
      label TEXT NOT NULL,
      value REAL NOT NULL,
      rule TEXT NOT NULL,
      source TEXT NOT NULL,
      split TEXT,
      part TEXT,
      provenanceID INTEGER NOT NULL REFERENCES provenance(id),
      PRIMARY KEY (predictionRunID, label)
    ) STRICT, WITHOUT ROWID;
    """
}

extension Finding {
  /// The finding's column in the catalog, a word in camelCase.
  var columnName: String { String(describing: self) }
}
