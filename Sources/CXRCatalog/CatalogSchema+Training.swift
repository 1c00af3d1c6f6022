// SPDX-License-Identifier: Apache-2.0

extension CatalogSchema {
  /// What training brings: runs, and what their epochs came to.
  static let trainingVersion = """
    CREATE TABLE trainingRun (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      folder TEXT NOT NULL,
      configurationJSON TEXT NOT NULL,
      isFinished INTEGER NOT NULL CHECK (isFinished IN (0, 1)),
      provenanceID INTEGER NOT NULL REFERENCES provenance(id)
    ) STRICT;
    CREATE TABLE trainingEpoch (
      trainingRunID INTEGER NOT NULL REFERENCES trainingRun(id) ON DELETE CASCADE,
      epoch INTEGER NOT NULL CHECK (epoch >= 0),
      stage INTEGER NOT NULL CHECK (stage >= 0),
      step INTEGER NOT NULL CHECK (step >= 0),
      learningRate REAL NOT NULL,
      trainingLoss REAL NOT NULL,
      validationLoss REAL NOT NULL,
      validationMeanAUROC REAL,
      definedFindingCount INTEGER NOT NULL,
      isBest INTEGER NOT NULL CHECK (isBest IN (0, 1)),
      seconds REAL NOT NULL,
      imageCount INTEGER NOT NULL,
      PRIMARY KEY (trainingRunID, epoch)
    ) STRICT, WITHOUT ROWID;
    """
}
