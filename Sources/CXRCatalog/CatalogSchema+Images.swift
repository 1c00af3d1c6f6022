// SPDX-License-Identifier: Apache-2.0

extension CatalogSchema {
  /// What the images bring: stores of prepared pixels, and which radiograph lies where in them.
  static let imageVersion = """
    CREATE TABLE imageStore (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      folder TEXT NOT NULL,
      sidePixels INTEGER NOT NULL CHECK (sidePixels > 0),
      bitDepth INTEGER NOT NULL CHECK (bitDepth BETWEEN 1 AND 16),
      preparation TEXT NOT NULL,
      contentDigest TEXT NOT NULL,
      provenanceID INTEGER NOT NULL REFERENCES provenance(id)
    ) STRICT;
    CREATE TABLE storedImage (
      imageStoreID INTEGER NOT NULL REFERENCES imageStore(id) ON DELETE CASCADE,
      radiographID INTEGER NOT NULL REFERENCES radiograph(id) ON DELETE CASCADE,
      shard INTEGER CHECK (shard >= 0),
      shardRow INTEGER CHECK (shardRow >= 0),
      fileSHA256 TEXT,
      problem TEXT,
      PRIMARY KEY (imageStoreID, radiographID),
      CHECK ((shard IS NULL) = (problem IS NOT NULL)),
      CHECK ((shard IS NULL) = (shardRow IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX storedImageOfRadiograph ON storedImage(radiographID);
    """
}
