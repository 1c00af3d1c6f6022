// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension CatalogSchema {
  /// What generating images brings: runs, their prompts, the images that are wanted, every attempt at
  /// one, and what was found about each attempt.
  ///
  /// A run keeps a copy of its prompts and of the labels that its checks look at, and names the
  /// radiographs that they came from, so that it stays whole whatever becomes of the prompt set and however often a dataset is ingested.
  static let generationVersion = """
    CREATE TABLE generationRun (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      folder TEXT NOT NULL,
      promptSet TEXT NOT NULL,
      promptSetDigest TEXT NOT NULL,
      configurationJSON TEXT NOT NULL,
      attemptLimit INTEGER NOT NULL CHECK (attemptLimit > 0),
      dataset TEXT UNIQUE,
      provenanceID INTEGER NOT NULL REFERENCES provenance(id)
    ) STRICT;
    CREATE TABLE generationPrompt (
      generationRunID INTEGER NOT NULL REFERENCES generationRun(id) ON DELETE CASCADE,
      prompt INTEGER NOT NULL CHECK (prompt >= 0),
      sourceDataset TEXT NOT NULL,
      sourceImageName TEXT NOT NULL,
      variation INTEGER NOT NULL CHECK (variation >= 0),
      sex TEXT CHECK (\(isWord("sex", of: Sex.self))),
      race TEXT CHECK (\(isWord("race", of: Race.self))),
      ageYears INTEGER CHECK (ageYears BETWEEN 0 AND 120),
      impression TEXT NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (generationRunID, prompt)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE generationItem (
      generationRunID INTEGER NOT NULL,
      prompt INTEGER NOT NULL,
      copy INTEGER NOT NULL CHECK (copy >= 0),
      state TEXT NOT NULL CHECK (\(isWord("state", of: GenerationItem.State.self))),
      attemptCount INTEGER NOT NULL CHECK (attemptCount >= 0),
      claimOwner TEXT,
      claimedUntil INTEGER,
      PRIMARY KEY (generationRunID, prompt, copy),
      FOREIGN KEY (generationRunID, prompt)
        REFERENCES generationPrompt(generationRunID, prompt) ON DELETE CASCADE,
      CHECK ((claimOwner IS NULL) = (claimedUntil IS NULL)),
      CHECK (claimOwner IS NULL OR state = 'open')
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX openGenerationItem ON generationItem(generationRunID, prompt, copy)
      WHERE state = 'open';
    CREATE INDEX claimedGenerationItem ON generationItem(generationRunID, claimOwner)
      WHERE claimOwner IS NOT NULL;
    CREATE TABLE generationAttempt (
      generationRunID INTEGER NOT NULL,
      prompt INTEGER NOT NULL,
      copy INTEGER NOT NULL,
      attempt INTEGER NOT NULL CHECK (attempt > 0),
      seed INTEGER NOT NULL CHECK (seed >= 0),
      outcome TEXT NOT NULL CHECK (\(isWord("outcome", of: GenerationAttempt.Outcome.self))),
      failure TEXT,
      relativePath TEXT,
      fileSHA256 TEXT CHECK (length(fileSHA256) = 64),
      widthPixels INTEGER CHECK (widthPixels > 0),
      heightPixels INTEGER CHECK (heightPixels > 0),
      PRIMARY KEY (generationRunID, prompt, copy, attempt),
      FOREIGN KEY (generationRunID, prompt, copy)
        REFERENCES generationItem(generationRunID, prompt, copy) ON DELETE CASCADE,
      CHECK ((outcome = 'unusable') = (failure IS NOT NULL)),
      CHECK ((relativePath IS NULL) = (fileSHA256 IS NULL)),
      CHECK (outcome <> 'accepted' OR relativePath IS NOT NULL)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE generationVerdict (
      generationRunID INTEGER NOT NULL,
      prompt INTEGER NOT NULL,
      copy INTEGER NOT NULL,
      attempt INTEGER NOT NULL,
      predicate TEXT NOT NULL,
      verdict TEXT NOT NULL CHECK (\(isWord("verdict", of: GenerationVerdict.Verdict.self))),
      estimate TEXT,
      score REAL,
      reason TEXT,
      PRIMARY KEY (generationRunID, prompt, copy, attempt, predicate),
      FOREIGN KEY (generationRunID, prompt, copy, attempt)
        REFERENCES generationAttempt(generationRunID, prompt, copy, attempt) ON DELETE CASCADE,
      CHECK ((verdict = 'untested') = (reason IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    """

  /// What replacing a run brings: whether files of the run that it replaced still lie in its folder.
  static let formerFilesVersion = """
    ALTER TABLE generationRun ADD COLUMN hasFormerFiles INTEGER NOT NULL DEFAULT 0
      CHECK (hasFormerFiles IN (0, 1));
    """

  /// What checks of findings bring: the labels of the sources as they were when a run began.
  ///
  /// Runs that are there get those of now; NULL stands for a source that the catalog has lost.
  static let promptFindingsVersion: String = {
    let names = Finding.allCases.map(\.columnName)
    let columns = names.map {
      "ALTER TABLE generationPrompt ADD COLUMN \($0) INTEGER CHECK (\($0) BETWEEN 0 AND 4);\n"
    }
    return columns.joined() + """
      UPDATE generationPrompt SET (\(names.joined(separator: ", "))) = (
        SELECT \(names.map { "finding.\($0)" }.joined(separator: ", "))
        FROM dataset JOIN radiograph ON radiograph.datasetID = dataset.id
        JOIN finding ON finding.radiographID = radiograph.id
        WHERE dataset.name = sourceDataset AND imageName = sourceImageName);
      """
  }()
}
