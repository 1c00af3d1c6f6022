// SPDX-License-Identifier: Apache-2.0
internal import GRDB

extension Catalog {
  /// Enters a training run, or how far a known one has come.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - policy: What to do when the name is taken by a run in another folder or with other settings.
  ///   - provenance: The command that trains.
  /// - Returns: Whether a run was added or a known one changed.
  /// - Throws: ``CatalogError`` with code `.conflict` when the name is taken.
  public func addTrainingRun(
    _ run: TrainingRunContent, onConflict policy: ConflictPolicy = .refuse, provenance: Provenance
  ) throws -> WriteOutcome {
    try write { database in
      let former = try Row.fetchOne(
        database, sql: "SELECT id, folder, configurationJSON FROM trainingRun WHERE name = ?",
        arguments: [run.name])
      if let former {
        let isSame =
          former["folder"] == run.folder && former["configurationJSON"] == run.configurationJSON
        guard isSame || policy == .replace else {
          throw CatalogError(
            .conflict,
            "There already is another training run named \(run.name), in "
              + "\(former["folder"] as String); choose another --name, or replace it with --replace."
          )
        }
        try database.execute(
          sql: "DELETE FROM trainingRun WHERE id = ?", arguments: [former["id"] as Int64])
      }
      let provenanceID = try Self.insert(provenance, into: database)
      try database.execute(
        sql: """
          INSERT INTO trainingRun (name, folder, configurationJSON, isFinished, provenanceID)
          VALUES (?, ?, ?, ?, ?)
          """,
        arguments: [run.name, run.folder, run.configurationJSON, run.isFinished, provenanceID])
      let id = database.lastInsertedRowID
      for epoch in run.epochs {
        try database.execute(
          sql: "INSERT INTO trainingEpoch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          arguments: [
            id, epoch.epoch, epoch.stage, epoch.step, epoch.learningRate, epoch.trainingLoss,
            epoch.validationLoss, epoch.validationMeanAUROC, epoch.definedFindingCount,
            epoch.isBest, epoch.seconds, epoch.imageCount,
          ])
      }
      return former == nil ? .created : .updated
    }
  }

  /// Returns the training runs, by name.
  ///
  /// - Throws: ``CatalogError`` if SQLite fails.
  public func trainingRuns() throws -> [TrainingRunContent] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM trainingRun ORDER BY name").map { row in
        let epochs = try Row.fetchAll(
          database, sql: "SELECT * FROM trainingEpoch WHERE trainingRunID = ? ORDER BY epoch",
          arguments: [row["id"] as Int64])
        return TrainingRunContent(
          name: row["name"], folder: row["folder"], configurationJSON: row["configurationJSON"],
          isFinished: row["isFinished"],
          epochs: epochs.map { epoch in
            TrainingRunContent.Epoch(
              epoch: epoch["epoch"], stage: epoch["stage"], step: epoch["step"],
              learningRate: epoch["learningRate"], trainingLoss: epoch["trainingLoss"],
              validationLoss: epoch["validationLoss"],
              validationMeanAUROC: epoch["validationMeanAUROC"],
              definedFindingCount: epoch["definedFindingCount"], isBest: epoch["isBest"],
              seconds: epoch["seconds"], imageCount: epoch["imageCount"])
          })
      }
    }
  }
}
