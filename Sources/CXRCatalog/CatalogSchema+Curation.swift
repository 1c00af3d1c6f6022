// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension CatalogSchema {
  /// What the second version adds: what a dataset says in its own words, reports, cohorts and
  /// prompts.
  static let secondVersion = """
    ALTER TABLE dataset ADD COLUMN suggestedPolicy TEXT;
    ALTER TABLE dataset ADD COLUMN descriptor TEXT;
    ALTER TABLE patient ADD COLUMN nativeSex TEXT;
    ALTER TABLE patient ADD COLUMN nativeRace TEXT;
    ALTER TABLE radiograph ADD COLUMN ageIsTopCoded INTEGER NOT NULL DEFAULT 0
      CHECK (ageIsTopCoded BETWEEN 0 AND 1);
    ALTER TABLE radiograph ADD COLUMN recordedAgeYears REAL;
    ALTER TABLE radiograph ADD COLUMN acquiredAt TEXT;
    ALTER TABLE radiograph ADD COLUMN pixelDigest TEXT;
    CREATE INDEX radiographOfPixelDigest ON radiograph(pixelDigest)
      WHERE pixelDigest IS NOT NULL;

    CREATE TABLE radiographAttribute (
      radiographID INTEGER NOT NULL REFERENCES radiograph(id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (radiographID, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE reportSection (
      studyID INTEGER NOT NULL REFERENCES study(id) ON DELETE CASCADE,
      section TEXT NOT NULL,
      text TEXT NOT NULL,
      PRIMARY KEY (studyID, section)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE cohort (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      definition TEXT NOT NULL,
      contentDigest TEXT NOT NULL,
      provenanceID INTEGER NOT NULL REFERENCES provenance(id)
    ) STRICT;
    CREATE TABLE cohortMember (
      cohortID INTEGER NOT NULL REFERENCES cohort(id) ON DELETE CASCADE,
      radiographID INTEGER NOT NULL REFERENCES radiograph(id) ON DELETE CASCADE,
      PRIMARY KEY (cohortID, radiographID)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE cohortStep (
      cohortID INTEGER NOT NULL REFERENCES cohort(id) ON DELETE CASCADE,
      dataset TEXT NOT NULL,
      position INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind = 'start' OR kind = 'excluded' OR kind = 'kept'),
      step TEXT NOT NULL,
      radiographCount INTEGER NOT NULL CHECK (radiographCount >= 0),
      studyCount INTEGER NOT NULL CHECK (studyCount >= 0),
      patientCount INTEGER NOT NULL CHECK (patientCount >= 0),
      PRIMARY KEY (cohortID, dataset, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE promptSet (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      template TEXT NOT NULL,
      optionsJSON TEXT NOT NULL,
      contentDigest TEXT NOT NULL,
      provenanceID INTEGER NOT NULL REFERENCES provenance(id)
    ) STRICT;
    CREATE TABLE prompt (
      promptSetID INTEGER NOT NULL REFERENCES promptSet(id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      radiographID INTEGER NOT NULL REFERENCES radiograph(id) ON DELETE CASCADE,
      variation INTEGER NOT NULL CHECK (variation >= 0),
      sex TEXT CHECK (\(isWord("sex", of: Sex.self))),
      race TEXT CHECK (\(isWord("race", of: Race.self))),
      ageYears INTEGER CHECK (ageYears BETWEEN 0 AND 120),
      impression TEXT NOT NULL,
      text TEXT NOT NULL,
      tokenCount INTEGER CHECK (tokenCount > 0),
      shortening TEXT NOT NULL,
      removedText TEXT NOT NULL,
      PRIMARY KEY (promptSetID, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX promptOfRadiograph ON prompt(radiographID);

    CREATE TRIGGER splitMemberInserted BEFORE INSERT ON splitMember
      WHEN \(partOfPatient()) <> NEW.part
      BEGIN SELECT RAISE(ABORT, 'a patient is in two parts of a split'); END;
    CREATE TRIGGER splitMemberUpdated BEFORE UPDATE ON splitMember
      WHEN \(partOfPatient("AND member.radiographID <> OLD.radiographID")) <> NEW.part
      BEGIN SELECT RAISE(ABORT, 'a patient is in two parts of a split'); END;
    """

  /// The part in which a split has the patient of a new member so far.
  ///
  /// One other radiograph of the patient tells it, because each was checked when it came. `CROSS
  /// JOIN` keeps SQLite from walking all members instead.
  private static func partOfPatient(_ condition: String = "") -> String {
    """
    (SELECT member.part FROM radiograph AS own
      CROSS JOIN radiograph AS other ON other.patientID = own.patientID
      CROSS JOIN splitMember AS member
        ON member.splitID = NEW.splitID AND member.radiographID = other.id \(condition)
      WHERE own.id = NEW.radiographID LIMIT 1)
    """
  }
}
